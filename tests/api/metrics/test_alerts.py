"""The rules speak of figures that exist, and each has a page's worth of what to do."""

import re
from datetime import UTC, datetime
from pathlib import Path

import yaml

from api.core.database import Database
from api.core.measures import REGISTRY
from api.metrics.state import house

ROOT = Path(__file__).parents[3]
RULES = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text())["groups"][0]["rules"]


async def test_each_rule_is_about_a_figure_that_we_give(database: Database) -> None:
    async with database.transaction() as session:
        state = await house(session, datetime.now(UTC))
    given = {metric.name for registry in (REGISTRY, state) for metric in registry.collect()}
    asked = {name for rule in RULES for name in re.findall(r"hent_\w+", rule["expr"])}
    assert {re.sub(r"_(bucket|count|total)$", "", name) for name in asked} <= given
    assert len(asked) >= 8


def test_each_rule_says_what_to_do_under_its_name() -> None:
    told = set(re.findall(r"^## (\w+)$", (ROOT / "docs/alerts.md").read_text(), re.M))
    assert told == {rule["alert"] for rule in RULES}


def test_each_rule_calls_or_writes() -> None:
    assert {rule["labels"]["severity"] for rule in RULES} == {"page", "mail"}
