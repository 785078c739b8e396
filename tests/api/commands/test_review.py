"""`hent nlu review` on the terminal: listed by likeness, given to an intent in one step, or set aside."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import func, select

from api.conversations.learning import giving
from api.conversations.learning.tables import Trouble, UnclearSentence
from api.core.database import Database
from tests.api.commands.conftest import Run

HEAD = 'version: "3.1"\nnlu:\n  - intent: book\n    examples: |\n      - je veux un rdv\n'
KEPT = (("je veux un prêt", "a"), ("jveu un prêt", "b"), ("les bus à xxlieu", None))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only intent that there is."""
    found = tmp_path / "data" / "nlu" / "booking" / "book.yml"
    found.parent.mkdir(parents=True)
    found.write_text(HEAD)
    monkeypatch.setattr(giving.Sentences, "__init__", lambda self: self.__dict__.update(root=tmp_path, added={}))
    return found


@pytest_asyncio.fixture(autouse=True)
async def kept(database: Database) -> Sequence[UnclearSentence]:
    """Two that are alike, and one."""
    made = [
        UnclearSentence(seq=seq, trouble=Trouble.asked_back, text=text, meant=["book"], chosen=chosen)
        for seq, (text, chosen) in enumerate(KEPT)
    ]
    for one in made:
        async with database.transaction() as session:
            session.add(one)
    return made


def written(file: Path) -> str:
    return file.read_text()


async def left(database: Database) -> int:
    async with database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(UnclearSentence)) or 0


async def groups(hent: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads((await hent("nlu", "review", "--json")).stdout)
    return found


async def test_the_biggest_group_comes_first_with_what_was_chosen(hent: Run) -> None:
    first, second = await groups(hent)
    assert (first["count"], first["chosen"], first["meant"]) == (2, {"a": 1, "b": 1}, {"book": 2})
    assert second["count"] == 1
    shown = (await hent("nlu", "review")).stdout.splitlines()
    assert shown[0].split("\t") == [first["group"], "2", "a", "demandée en retour 2"]
    assert shown[1].split("\t")[1] == "je veux un prêt"


async def test_a_group_is_given_in_one_step(hent: Run, file: Path, database: Database) -> None:
    first, _ = await groups(hent)
    ended = await hent("nlu", "review", "--give", first["group"], "book")
    assert (ended.exit_code, ended.stdout) == (
        0,
        "data/nlu/booking/book.yml : 1 de plus. Phrases traitées : 2. Ensuite : hent train\n",
    )
    assert written(file) == HEAD + "      - je veux un prêt\n"
    assert await left(database) == 1


async def test_one_sentence_is_given_in_other_words(hent: Run, file: Path, database: Database) -> None:
    name = (await groups(hent))[1]["sentences"]
    assert isinstance(name, list)
    await hent("nlu", "review", "--give", name[0]["id"], "book", "--as", "les bus à Brest")
    assert written(file) == HEAD + "      - les bus à Brest\n"
    assert await left(database) == 2


async def test_what_is_refused_is_kept_and_nothing_written(hent: Run, file: Path, database: Database) -> None:
    first, _ = await groups(hent)
    for words in (("--give", first["group"], "unknown"), ("--give", "g0", "book"), ("--dismiss", "g0")):
        ended = await hent("nlu", "review", *words)
        assert ended.exit_code == 1
        assert "ne s'appelle" in ended.stderr
    assert written(file) == HEAD
    assert await left(database) == len(KEPT)


async def test_where_nothing_can_be_written_the_lines_are_shown(
    hent: Run, file: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    first, _ = await groups(hent)
    monkeypatch.setattr(Path, "write_text", refuse)
    ended = await hent("nlu", "review", "--give", first["group"], "book")
    assert ended.stdout.splitlines()[1:] == ["      - je veux un prêt"]
    assert await left(database) == len(KEPT)


async def test_a_group_is_set_aside(hent: Run, file: Path, database: Database) -> None:
    first, _ = await groups(hent)
    assert (await hent("nlu", "review", "--dismiss", first["group"])).stdout == "Phrases écartées : 2.\n"
    assert written(file) == HEAD
    assert await left(database) == 1
