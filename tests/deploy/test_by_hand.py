"""What a container runs, run by hand: commands, variables and secrets of docker-compose.yml, on a new database."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.supervisor.postgres import temporary
from tests.deploy.files import ROOT, services

PAGE = (ROOT / "docs/deploy.md").read_text("utf-8")
GIVEN: dict[str, str] = dict(re.findall(r"^([A-Z_]+)=(.*)$", PAGE.split("## 2. Names")[1].split("```")[1], re.M))
"""The `.env` file of the documentation."""
SUBSTITUTED = re.compile(r"\$\{(\w+)(?::[-?]([^}]*))?\}")


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of secrets of a new installation, whose database is a new PostgreSQL."""
    folder = tmp_path_factory.mktemp("installation") / "secrets"
    subprocess.run(["sh", ROOT / "deploy/make-secrets", folder], check=True)
    with temporary() as server:
        (folder / "database_url").chmod(0o600)
        (folder / "database_url").write_text(server.url)
        (folder / "smtp_password").chmod(0o600)
        (folder / "smtp_password").write_text("of the mail server")
        yield folder


def run(name: str, secrets: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The command of a service, or `words`, with the variables that the service gets."""
    given = {
        variable: SUBSTITUTED.sub(lambda found: GIVEN.get(found[1], found[2] or ""), str(value))
        for variable, value in services()[name]["environment"].items()
    }
    env = {variable: value.replace("/run/secrets", str(secrets)) for variable, value in given.items()}
    argv = [sys.executable, "-m", "api.cli", *(words or services()[name]["command"])]
    # Neither the surroundings' own variables nor a demonstration's: a container has none.
    bare = {"PATH": os.defpath, "HENT_FOLDER": str(secrets.parent / "none"), "HENT_HOST": "0.0.0.0"}
    return subprocess.run(argv, env=bare | env, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_new_installation_is_led_to_where_only_people_are_missing(secrets: Path) -> None:
    migrated = run("migrate", secrets)
    assert migrated.returncode == 0, migrated.stderr
    told = run("worker", secrets, "doctor")
    assert told.returncode == 1
    named = set(re.findall(r"✗ (.+?) :", told.stdout))
    # Nothing is started here, nobody has been put in, and there is neither a way out nor a night behind us.
    missing = {"Rasa", "Actions", "Travailleur", "Collectivités", "Responsables"}
    assert named - {"Faits datés"} == missing | {"Fournisseurs de SMS", "Serveur de courriel", "Sauvegarde"}


def test_what_the_documentation_has_written_into_env_is_read() -> None:
    read = {name for name, _ in SUBSTITUTED.findall((ROOT / "docker-compose.yml").read_text())}
    wanted = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert wanted <= set(GIVEN) <= read


def test_the_documentations_example_is_taken_from_the_standard_input(secrets: Path) -> None:
    written = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    assert run("migrate", secrets).returncode == 0
    env = {"PATH": os.defpath, "DATABASE_URL": (secrets / "database_url").read_text()}
    env |= {f"HENT_{name}": "x" for name in ("SECRET_KEY", "RASA_TOKEN", "ACTIONS_TOKEN")}
    argv = [sys.executable, "-m", "api.cli", "authority", "load", "-"]
    loaded = subprocess.run(argv, env=env, cwd=ROOT, input=written, capture_output=True, text=True, check=False)
    assert loaded.stdout == "cd29 : Département du Finistère ; équipes : 1\n", loaded.stderr


def test_the_first_role_is_the_one_that_the_server_uses() -> None:
    said = (ROOT / "deploy/create-database").read_text()
    written = re.search(r"postgresql\+psycopg://(\w+):%s@(\w+):5432/(\w+)", (ROOT / "deploy/make-secrets").read_text())
    assert written
    role, host, database = written.groups()
    assert host in services()
    assert f"CREATE ROLE {role} LOGIN CREATEROLE" in said
    assert f"CREATE DATABASE {database} OWNER {role}" in said
