"""Weaknesses that stay, as `deploy/advisories.yml` argues them."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from api.core.documents import read_yaml
from tests.audit.finding import Advisory

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy/advisories.yml"


class Accepted(BaseModel):
    """One package at one version, with what is known of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    package: str
    version: str
    lock: str
    """The lock file that holds it there, from the repository's root."""
    ids: tuple[str, ...]
    whole: bool = False
    """Whether the reason holds for whatever is found in it later."""
    unused: tuple[str, ...] = ()
    """Modules that Rasa's process does not load."""
    why: str
    decided: date
    review_by: date

    def covers(self, found: Advisory) -> bool:
        """Whether this is the reason why that one stays."""
        same = (self.package, self.version, self.lock) == (found.package, found.version, found.lock)
        return same and (self.whole or not found.ids.isdisjoint(self.ids))

    def is_due(self, today: date) -> bool:
        """Whether the reason must be read again."""
        return today > self.review_by


@lru_cache
def accepted() -> tuple[Accepted, ...]:
    """All of them, in order."""
    return TypeAdapter(tuple[Accepted, ...]).validate_python(tuple(read_yaml(FILE)))


def locked(lock: str) -> dict[str, set[str]]:
    """The versions of each package in a lock file."""
    found: dict[str, set[str]] = {}
    for package in tomllib.loads((ROOT / lock).read_text("utf-8"))["package"]:
        found.setdefault(package["name"], set()).add(package["version"])
    return found


def troubles(reasons: Sequence[Accepted], today: date) -> list[str]:
    """What is wrong with the reasons themselves; no network is needed to know it."""
    due = [f"{one.package} {one.version}: read its reason again (due {one.review_by})" for one in reasons]
    gone = [f"{one.package} {one.version}: not in {one.lock} any more, take its reason away" for one in reasons]
    return [
        *(line for line, one in zip(due, reasons, strict=True) if one.is_due(today)),
        *(line for line, one in zip(gone, reasons, strict=True) if one.version not in locked(one.lock)[one.package]),
    ]


def unargued(found: Sequence[Advisory], reasons: Sequence[Accepted]) -> list[Advisory]:
    """Those for which nobody has given a reason."""
    return [one for one in found if not any(reason.covers(one) for reason in reasons)]
