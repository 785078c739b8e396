"""The images: pinned, not root, from lock files, without a secret in any layer."""

import fnmatch
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api.supervisor.house import House
from api.supervisor.training import model_name
from tests.deploy.files import ROOT, Stage, program, stages

FINAL = ("server", "rasa", "proxy", "kannel")
PINNED = re.compile(r"[\w./-]+:\d+\.\d+(?:\.\d+)?(?:-[a-z]+)?")
SECRET = re.compile(r"(?i)secret|token|password|_key\b|database_url")


@pytest.mark.parametrize("name", stages())
def test_an_image_is_made_from_a_version_or_from_another_stage(name: str) -> None:
    origin = stages()[name].origin
    assert origin in stages() or PINNED.fullmatch(origin), origin


@pytest.mark.parametrize("name", FINAL)
def test_what_runs_is_not_root_and_says_how_it_is(name: str) -> None:
    user = stages()[name].last("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user), user
    assert "CMD [" in stages()[name].last("HEALTHCHECK")


@pytest.mark.parametrize("name", stages())
def test_no_layer_holds_a_secret(name: str) -> None:
    for instruction, said in stages()[name].lines:
        if instruction in {"ENV", "ARG", "COPY", "ADD"}:
            assert not SECRET.search(said), said


@pytest.mark.parametrize("name", stages())
def test_packages_come_from_the_lock_files(name: str) -> None:
    for instruction, said in stages()[name].lines:
        if instruction == "RUN" and "uv " in said:
            assert "uv sync --frozen --no-dev" in said
        assert "pip install" not in said


def test_uv_is_the_one_of_the_makefile() -> None:
    version = re.search(r"^UV_VERSION := (\S+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert version
    assert stages()["uv"].origin.endswith(f":{version[1]}")


def test_what_is_copied_exists_and_is_let_in() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = [
        path
        for stage in stages().values()
        for instruction, said in stage.lines
        if instruction == "COPY" and "--from" not in said
        for path in said.split()[:-1]
    ]
    assert len(copied) > 10
    for path in copied:
        assert (ROOT / path).exists(), path
        assert any(path == one or path.startswith(f"{one}/") for one in let_in), path


@pytest.mark.parametrize(
    "kept_out", [".env", "secrets/secret_key", ".hent/secrets.env", ".git/config", "models/x.tar.gz"]
)
def test_nothing_enters_an_image_that_was_not_named(kept_out: str) -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in lines
    let_in = [line[1:] for line in lines if line.startswith("!")]
    assert not any(fnmatch.fnmatch(kept_out, one) or kept_out.startswith(f"{one}/") for one in let_in)


def test_rasa_is_run_in_its_image_as_in_a_demonstration() -> None:
    house = House(ROOT, 1, 2, 3, 5005, 4, "postgresql+psycopg://hent@db/hent", {"HENT_RASA_TOKEN": "x"})
    by_hand = house.rasa(ROOT / "models" / "one.tar.gz").argv[1:]
    place = {"127.0.0.1": "0.0.0.0", str(ROOT / "models" / "one.tar.gz"): "/app/models"}
    assert program(stages()["rasa"])[1:] == [place.get(word, word) for word in by_hand]


def test_the_servers_image_knows_the_model_that_is_trained_in_rasas(tmp_path: Path) -> None:
    """Rasa's model is named by what it learns from: a file left out of an image, and doctor would always complain."""
    names = {}
    for last in ("trained", "server"):
        laid_out = tmp_path / last
        for name in ("server-environment", last):
            _lay_out(stages()[name], laid_out)
        code = "from api.supervisor.training import ROOT, model_name; print(ROOT, model_name())"
        ended = subprocess.run([sys.executable, "-c", code], cwd=laid_out, capture_output=True, text=True, check=True)
        root, names[last] = ended.stdout.split()
        assert root == str(laid_out)
    assert names["server"] == names["trained"] == model_name()


def _lay_out(stage: Stage, folder: Path) -> None:
    for instruction, said in stage.lines:
        if instruction == "COPY" and "--from" not in said:
            *sources, target = said.split()
            for source in sources:
                place = folder / target / (Path(source).name if target.endswith("/") else "")
                _copy(ROOT / source, place)


def _copy(source: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        left_out = shutil.ignore_patterns("__pycache__", ".venv", ".rasa")
        shutil.copytree(source, place, ignore=left_out, dirs_exist_ok=True)
    else:
        shutil.copy(source, place)
