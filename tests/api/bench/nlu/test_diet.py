import json
import shutil
from pathlib import Path

import pytest

from api.bench.nlu import diet
from api.bench.nlu.diet import ensure_diet, fingerprint
from api.supervisor.children import Supervisor

SENTENCES = "nlu:\n  - intent: greet\n    examples: |\n      - bonjour\n"


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    (tmp_path / "nlu/talk").mkdir(parents=True)
    (tmp_path / "nlu/talk/greet.yml").write_text(SENTENCES)
    return tmp_path / "nlu"


def test_the_same_sentences_elsewhere_are_the_same_model(nlu: Path, tmp_path: Path) -> None:
    assert fingerprint(nlu) == fingerprint(Path(shutil.copytree(nlu, tmp_path / "other")))


def test_a_sentence_or_a_name_that_changes_makes_another_model(nlu: Path) -> None:
    before = fingerprint(nlu)
    file = nlu / "talk/greet.yml"
    file.write_text(SENTENCES + "      - salut\n")
    more = fingerprint(nlu)
    file.rename(nlu / "talk/hello.yml")
    assert len({before, more, fingerprint(nlu)}) == 3


def test_the_configuration_counts(nlu: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(nlu)
    (tmp_path / "config.yml").write_text("pipeline: []\n")
    monkeypatch.setattr(diet, "CONFIG", tmp_path / "config.yml")
    assert fingerprint(nlu) != before


async def test_what_is_kept_is_not_learnt_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diet, "KEPT", tmp_path)
    folder = tmp_path / fingerprint()
    folder.mkdir()
    (folder / "trained.json").write_text(json.dumps({"seconds": 1800.0, "trained_on": "2026-11-25"}))
    said: list[str] = []
    async with Supervisor(said.append) as supervisor:
        kept = await ensure_diet(supervisor, said.append)
    assert (kept.seconds, kept.archive, said) == (1800.0, folder / "diet.tar.gz", [])
