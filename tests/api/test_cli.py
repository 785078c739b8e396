"""Every command of the contract is there, and typing one imports that one."""

import subprocess
import sys

import pytest

from api.cli import COMMANDS, GROUPS, assemble

CONTRACT = {
    "demo",
    "serve",
    "worker",
    "migrate",
    "seed",
    "train",
    "chat",
    "purge",
    "caseworker",
    "nlu",
    "entities",
    "urgent",
}


def names(typed: str | None = None) -> set[str]:
    app = assemble(typed)
    commands = {str(command.name) for command in app.registered_commands}
    return commands | {str(group.name) for group in app.registered_groups}


def test_the_contract_is_kept() -> None:
    assert names() >= CONTRACT
    assert names("--help") == names() == {*COMMANDS, *GROUPS}


@pytest.mark.parametrize("name", [*COMMANDS, *GROUPS])
def test_a_command_stands_alone(name: str) -> None:
    assert names(name) == {name}


def test_training_does_not_wait_for_the_server_to_be_imported() -> None:
    code = "import sys; from api.cli import assemble; assemble('train'); print('api.app' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"
