"""docker-compose.yml: every service confined, nothing published but the proxy, every name known to the house."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from api.cli import assemble
from api.core.secret_files import SUFFIX
from api.core.settings import Settings
from tests.deploy.files import ROOT, compose, services, stages

OURS = sorted(name for name, service in services().items() if service["image"].startswith("hent-server"))
PRIVATE = ("db", "rasa", "worker", "migrate", "backup", "restore", "kannel")
ENDS_BY_ITSELF = {"migrate", "backup", "restore"}
READ_BY_RASA = (ROOT / "bot/hent_bot/settings.py").read_text() + (ROOT / "bot/endpoints.yml").read_text()
ELSEWHERE = {"HENT_RASA_DB_PASSWORD", "HENT_ACTIONS_URL", "HENT_BACKUP_FOLDER", "FORWARDED_ALLOW_IPS"}
"""Read by `hent migrate`, by `hent doctor`, by uvicorn."""


def variables(service: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = service.get("environment", {})
    return found


@pytest.mark.parametrize("name", services())
def test_a_service_is_confined(name: str) -> None:
    service = services()[name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")
    assert set(service.get("cap_add", [])) <= {"NET_BIND_SERVICE"}
    assert service["tmpfs"]


@pytest.mark.parametrize("name", services())
def test_a_service_has_its_share_of_the_machine(name: str) -> None:
    limits = services()[name]["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} <= set(limits)
    assert services()[name]["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", services())
def test_what_stays_is_restarted_and_asked_how_it_is(name: str) -> None:
    service = services()[name]
    assert service["restart"] == ("no" if name in ENDS_BY_ITSELF else "unless-stopped")
    assert service["healthcheck"] == {"disable": True} if name in ENDS_BY_ITSELF else service["healthcheck"]["test"]


def test_the_proxy_alone_is_published() -> None:
    assert [name for name, service in services().items() if service.get("ports")] == ["proxy"]
    assert compose()["networks"]["inside"]["internal"] is True
    assert compose()["networks"]["site"]["internal"] is True
    assert compose()["networks"]["sms"]["internal"] is True


@pytest.mark.parametrize("name", PRIVATE)
def test_what_is_private_is_on_the_network_without_a_way_in(name: str) -> None:
    assert set(services()[name]["networks"]) <= {"inside", "out", "sms"}


def test_the_worker_has_a_way_out_and_kannel_if_there_is_one() -> None:
    assert [name for name, service in services().items() if "out" in service["networks"]] == ["worker", "kannel"]
    assert services()["kannel"]["profiles"] == ["kannel"]
    assert "inside" not in services()["kannel"]["networks"]
    assert "inside" not in services()["proxy"]["networks"]


def test_the_proxy_is_believed_and_nobody_else() -> None:
    subnet = compose()["networks"]["site"]["ipam"]["config"][0]["subnet"]
    assert {variables(services()[name])["FORWARDED_ALLOW_IPS"] for name in OURS} == {subnet}


@pytest.mark.parametrize("name", services())
def test_no_secret_has_a_value_here(name: str) -> None:
    for variable, value in variables(services()[name]).items():
        if re.search(r"SECRET|TOKEN|PASSWORD|DATABASE_URL|PROVIDERS", variable):
            assert variable.endswith(SUFFIX), variable
            assert (
                value == "${HENT_SMTP_PASSWORD_FILE:-}"
                or value.removeprefix("/run/secrets/") in services()[name]["secrets"]
            )


def test_each_secret_is_a_file_that_is_made_by_one_command(tmp_path: Path) -> None:
    subprocess.run(["sh", ROOT / "deploy/make-secrets", tmp_path / "secrets"], check=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert {Path(secret["file"]).name for secret in compose()["secrets"].values()} == set(made)
    assert made["database_password"] in made["database_url"]
    random = [
        value for name, value in made.items() if re.search("key|token|password$", name) and name != "smtp_password"
    ]
    assert len(set(random)) == len(random) == 7
    assert all(re.fullmatch(r"[\w-]{43}", value) for value in random)
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_secrets_that_are_there_are_left_alone(tmp_path: Path) -> None:
    for _ in range(2):
        subprocess.run(["sh", ROOT / "deploy/make-secrets", tmp_path], check=True)
        kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
        (tmp_path / "rasa_token").unlink()
    subprocess.run(["sh", ROOT / "deploy/make-secrets", tmp_path], check=True)
    again = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert {name for name in kept if kept[name] != again[name]} == {"rasa_token"}


@pytest.mark.parametrize("name", services())
def test_a_variable_is_read_by_whoever_gets_it(name: str) -> None:
    known = {f"HENT_{field}".upper() for field in Settings.model_fields} | {"DATABASE_URL"} | ELSEWHERE
    for variable in variables(services()[name]):
        read = variable.removesuffix(SUFFIX)
        if name in OURS:
            assert read in known, variable
        elif name == "rasa":
            assert read in READ_BY_RASA or f'"{read.removeprefix("HENT_RASA_DB_")}"' in READ_BY_RASA, variable
        elif name == "proxy":
            assert "{$" + variable + "}" in (ROOT / "deploy/Caddyfile").read_text()


@pytest.mark.parametrize("name", OURS)
def test_a_command_is_one_of_hents(name: str) -> None:
    commands: Any = get_command(assemble())
    assert services()[name]["command"][0] in commands.commands


@pytest.mark.parametrize("name", services())
def test_an_image_is_one_of_the_dockerfile_or_a_version(name: str) -> None:
    service = services()[name]
    target = service.get("build", {}).get("target")
    assert target in stages() if target else re.search(r":\d+\.\d+", service["image"])


def test_what_the_documentation_types_is_a_service() -> None:
    page = (ROOT / "docs/deploy.md").read_text("utf-8")
    typed = re.findall(r"docker compose (?:exec|run|stop|start|restart|build|up|logs)((?: --?[\w-]+| \w+)*)", page)
    named = {word for words in typed for word in words.split() if word in services()}
    assert {"worker", "rasa", "migrate", "db", "backup", "restore"} <= named
    of_each = [words.split() for words in typed if "exec" in words or "run" in words]
    assert all(set(words) & set(services()) for words in of_each)


def test_an_upgrade_stops_whoever_answers_before_the_tables_change() -> None:
    page = (ROOT / "docs/deploy.md").read_text("utf-8")
    steps = page.split("## Upgrade")[1].split("```")[1]
    order = ["run --rm backup", "build", "stop worker", "run --rm migrate", "--no-deps rasa", "up -d\n", "hent doctor"]
    assert sorted(order, key=steps.index) == order


def test_nothing_starts_before_its_tables() -> None:
    for name in ("api", "desk", "worker", "rasa"):
        assert services()[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
