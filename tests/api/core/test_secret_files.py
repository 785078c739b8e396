"""A secret given by a file is read as if it had been given by its variable."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.core.secret_files import SecretUnreadable, from_files


def test_a_variable_may_name_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("of-the-house\n")
    (tmp_path / "url").write_text("postgresql+psycopg://hent@db/hent")
    given = {"HENT_SECRET_KEY_FILE": str(tmp_path / "key"), "DATABASE_URL_FILE": str(tmp_path / "url")}
    assert from_files(given) == {
        "HENT_SECRET_KEY": "of-the-house",
        "DATABASE_URL": "postgresql+psycopg://hent@db/hent",
    }


def test_other_programs_variables_are_left_alone() -> None:
    assert from_files({"POSTGRES_PASSWORD_FILE": "/nowhere", "HENT_SECRET_KEY_FILE": "", "HENT_PORT": "8000"}) == {}


@pytest.mark.parametrize("kept", [None, "", " \n"])
def test_a_file_without_a_secret_is_refused(tmp_path: Path, kept: str | None) -> None:
    path = tmp_path / "key"
    if kept is not None:
        path.write_text(kept)
    with pytest.raises(SecretUnreadable, match="HENT_SECRET_KEY_FILE"):
        from_files({"HENT_SECRET_KEY_FILE": str(path)})


def test_a_variable_that_says_something_else_is_refused_without_its_value(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("in-the-file")
    with pytest.raises(SecretUnreadable) as refused:
        from_files({"HENT_SECRET_KEY_FILE": str(tmp_path / "key"), "HENT_SECRET_KEY": "in-the-variable"})
    assert "in-the" not in str(refused.value)


def test_the_same_said_twice_is_what_a_child_inherits(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("of-the-house\n")
    given = {"HENT_SECRET_KEY_FILE": str(tmp_path / "key")}
    assert from_files(given | from_files(given)) == from_files(given)


def test_a_command_ends_in_a_sentence_when_a_file_is_missing(tmp_path: Path) -> None:
    env = {"HENT_SECRET_KEY_FILE": str(tmp_path / "none"), "PATH": ""}
    ended = subprocess.run([sys.executable, "-m", "api.cli", "train"], env=env, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr.startswith("HENT_SECRET_KEY_FILE : le fichier")
    assert "Traceback" not in ended.stderr
