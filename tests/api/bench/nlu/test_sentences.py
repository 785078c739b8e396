from collections import Counter
from pathlib import Path

from api.bench.nlu.sentences import french_set, held_out, training
from api.commands.evaluation import OUT_OF_SCOPE, Sentence
from api.core.documents import read_yaml

ROOT = Path(__file__).parents[4]
OURS = {entry["intent"] for file in (ROOT / "data/nlu").glob("*/*.yml") for entry in read_yaml(file)["nlu"]}


def test_a_training_sentence_is_read_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "greetings").mkdir()
    file = tmp_path / "greetings/greet.yml"
    file.write_text('version: "3.1"\nnlu:\n  - intent: greet\n    examples: |\n      - Bonjour à vous !\n      - slt\n')
    assert training(tmp_path) == [("Bonjour à vous !", "greet"), ("slt", "greet")]


def test_all_our_intents_are_learnt() -> None:
    assert {intent for _, intent in training()} == OURS


def test_held_out_are_the_sentences_of_one_intent_that_is_in_scope(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("intent\tregister\ttext\ngreet\tsms\tslt\nout_of_scope\tplain\tun chat\n\n")
    (tmp_path / "two_requests.tsv").write_text("intent\tregister\ttext\ngreet+thank\tplain\tbonjour et merci\n")
    assert held_out(tmp_path) == [Sentence("greet", "sms", "slt")]


def test_each_intent_has_been_held_out_in_three_registers() -> None:
    found = held_out()
    assert {sentence.intent for sentence in found} <= OURS - {OUT_OF_SCOPE}
    assert {sentence.register for sentence in found} == {"careful", "plain", "sms"}


def test_the_french_set_is_told_apart_by_its_split(tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    file.write_text('split,intent,text\ntrain,hello,"Salut, toi"\ntest,bye,À bientôt\n', encoding="utf-8")
    assert french_set(file) == {"train": [("Salut, toi", "hello")], "test": [("À bientôt", "bye")]}


def test_the_french_set_is_the_published_one() -> None:
    found = french_set()
    assert {split: len(pairs) for split, pairs in found.items()} == {"train": 250, "test": 256}
    assert set(Counter(intent for _, intent in found["train"]).values()) == {5}
