"""A sentence goes into its intent's file in one step, unless it is elsewhere already or measures."""

from pathlib import Path

import pytest

from api.conversations.learning.giving import LINE, LONGEST_FILE, ROOT, Sentences
from api.core.errors import Conflict, NotFound, Unavailable

HEAD = 'version: "3.1"\nnlu:\n  - intent: {}\n    examples: |\n'


@pytest.fixture
def sentences(tmp_path: Path) -> Sentences:
    """Two intents, one sentence that measures, and one that a dialogue says."""
    taught = {"booking/book": "je veux un rdv", "rights/amount": "combien je touche"}
    for name, text in taught.items():
        file = tmp_path / "data" / "nlu" / f"{name}.yml"
        file.parent.mkdir(parents=True)
        file.write_text(f"{HEAD.format(file.stem)}{LINE}{text}\n")
    measures = tmp_path / "tests" / "bot" / "tuning"
    measures.mkdir(parents=True)
    (measures / "booking.tsv").write_text("intent\tregister\ttext\nbook\tsms\tun creneau libre ?\n")
    dialogues = tmp_path / "tests" / "bot" / "dialogues"
    dialogues.mkdir()
    (dialogues / "booking.yml").write_text("- {name: x, turns: [{says: kan venir, intent: book}, {says: '2'}]}\n")
    return Sentences(tmp_path)


def lines(sentences: Sentences, intent: str) -> list[str]:
    found = sentences.file_of(intent).read_text().splitlines()
    return [line.removeprefix(LINE) for line in found if line.startswith(LINE)]


def test_it_is_written_as_people_write_it_without_what_was_masked(sentences: Sentences) -> None:
    assert sentences.prepare(["je veu voir xxnom [svp]", "Je veu voir svp"], "book") == ["je veu voir svp"]
    sentences.write()
    assert lines(sentences, "book") == ["je veux un rdv", "je veu voir svp"]


def test_given_twice_it_is_there_once(sentences: Sentences) -> None:
    for _ in range(2):
        sentences.prepare(["voir quelqu'un"], "book")
        sentences.write()
    assert lines(sentences, "book") == ["je veux un rdv", "voir quelqu'un"]


@pytest.mark.parametrize(
    ("text", "why"),
    [("Combien je touche !", "amount"), ("Un créneau libre ?", "mesurer"), ("Kan venir", "mesurer")],
)
def test_what_is_elsewhere_or_measures_is_refused_with_all_the_others(
    sentences: Sentences, text: str, why: str
) -> None:
    with pytest.raises(Conflict) as refused:
        sentences.prepare(["voir quelqu'un", text], "book")
    assert why in refused.value.message
    sentences.write()
    assert lines(sentences, "book") == ["je veux un rdv"]


def test_a_file_is_never_longer_than_its_limit(sentences: Sentences) -> None:
    room = LONGEST_FILE - len(sentences.file_of("book").read_text().splitlines())
    many = [f"phrase numéro {number}" for number in range(room + 1)]
    with pytest.raises(Conflict) as refused:
        sentences.prepare(many, "book")
    assert f"{LONGEST_FILE} lignes" in refused.value.message
    assert len(sentences.prepare(many[1:], "book")) == room


@pytest.mark.parametrize("intent", ["unknown", "../nlu/booking/book", "*"])
def test_an_unknown_intent_is_refused(sentences: Sentences, intent: str) -> None:
    with pytest.raises(NotFound):
        sentences.prepare(["voir quelqu'un"], intent)


def test_where_nothing_can_be_written_it_says_so(sentences: Sentences, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    sentences.prepare(["voir quelqu'un"], "book")
    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(Unavailable):
        sentences.write()


def test_every_intent_of_ours_can_be_given_sentences() -> None:
    """Its file ends with its last sentence: what is appended is one more."""
    files = sorted((ROOT / "data" / "nlu").glob("*/*.yml"))
    assert files
    assert [file for file in files if not file.read_text().splitlines()[-1].startswith(LINE)] == []
