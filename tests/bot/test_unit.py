"""Rasa's side has its own Python: its unit tests run there, with this run's PostgreSQL."""

import os
import subprocess
from pathlib import Path

from sqlalchemy import make_url

ROOT = Path(__file__).parents[2]


def test_unit_tests_of_the_bot_pass(database_url: str) -> None:
    url = make_url(database_url).set(drivername="postgresql+psycopg2").render_as_string(hide_password=False)
    env = os.environ | {"HENT_TEST_DATABASE_URL": url, "RASA_TELEMETRY_ENABLED": "false"}
    argv = [str(ROOT / "bot/.venv/bin/python"), "-m", "pytest", "-q", "tests/bot/unit"]
    ended = subprocess.run(argv, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-6000:]
    assert " passed" in ended.stdout
    assert "skipped" not in ended.stdout
