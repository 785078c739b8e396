"""One topic, one name: in domain, words, rules, texts, dialogues and held-out sentences."""

from collections import Counter
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.core.folding import fold
from api.core.normaliser import normalise
from api.privacy.disclosure import table
from api.seed import files
from api.texts.library import entries

ROOT = Path(__file__).parents[1]
TOPICS = sorted(path.name for path in (ROOT / "data/nlu").iterdir())
MEASURES = sorted(f"{path.parent.name}/{path.name}" for path in (ROOT / "tests/bot").glob("*/*.tsv"))
LEAST_EXAMPLES = 15
REGISTERS = ("careful", "plain", "sms")
# In each register; and, in a file of two requests, messages with one that look as if they had two.
LEAST_MEASURED = 5
LEAST_TRAPS = 40
WITHOUT_RASA = {"identity", "sms", "desk", "desk_people", "reminders", "training_joining"} | {
    *(f"explained{part}" for part in ("", "_money", "_services", "_work")),
    *(
        f"narrower{part}"
        for part in (
            "",
            "_daily",
            "_debts",
            "_everyday",
            "_family",
            "_home",
            "_income",
            "_justice",
            "_money",
            "_paid",
            "_reaching",
            "_service",
            "_trades",
        )
    ),
    *(f"narrower{part}" for part in ("_courses", "_next", "_next_home", "_next_money", "_next_pathway", "_shown")),
}


def loaded(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text())


def taught(topic: str) -> dict[str, list[str]]:
    """Intent of this topic to its training sentences, as people write them: a file an intent."""
    found = {}
    for file in sorted((ROOT / "data/nlu" / topic).iterdir()):
        [entry] = loaded(f"data/nlu/{topic}/{file.name}")["nlu"]
        assert entry["intent"] == file.stem
        lines = [line.strip().removeprefix("- ") for line in entry["examples"].splitlines()]
        found[file.stem] = [line for line in lines if line]
    return found


@lru_cache
def domain_intents() -> frozenset[str]:
    """Every intent that Rasa knows."""
    return frozenset(name for topic in TOPICS for name in loaded(f"bot/domain/{topic}.yml")["intents"])


@lru_cache
def examples() -> dict[str, list[str]]:
    """Intent to its training sentences, as people write them."""
    return {intent: sentences for topic in TOPICS for intent, sentences in taught(topic).items()}


@lru_cache
def taught_forms() -> frozenset[str]:
    """What is taught, in every form that makes two sentences one."""
    return frozenset(form for sentences in examples().values() for sentence in sentences for form in forms(sentence))


def forms(sentence: str) -> set[str]:
    """As Rasa reads it too: the normaliser makes one of "jveu un rdv" and "je veux un rendez-vous"."""
    return {fold(sentence), normalise(sentence)}


def measured(file: str) -> list[tuple[str, str, str]]:
    """Intent (several with + between), register and text of each row; of `file` in tests/bot."""
    _, *lines = (ROOT / "tests/bot" / file).read_text().splitlines()
    return [(intent, register, text) for intent, register, text in (line.split("\t") for line in lines)]


def dialogues(topic: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = loaded(f"tests/bot/dialogues/{topic}.yml")
    return found


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize(
    "room", ["bot/domain/{}.yml", "data/rules/{}.yml", "data/texts/{}.yml", "tests/bot/dialogues/{}.yml"]
)
def test_a_topic_has_its_file_in_each_room(topic: str, room: str) -> None:
    assert (ROOT / room.format(topic)).is_file()


def test_no_room_has_a_topic_that_the_words_do_not_know() -> None:
    for room in ("bot/domain", "data/rules", "tests/bot/dialogues"):
        assert {path.stem for path in (ROOT / room).glob("*.yml")} == set(TOPICS)
    # identity, sms, explained and narrower are spoken before Rasa or in its place, desk while a caseworker talks,
    # reminders by ourselves: they have texts only.
    assert {path.stem for path in (ROOT / "data/texts").glob("*.yml")} == {*TOPICS, *WITHOUT_RASA}


def test_every_intent_of_the_contract_is_known() -> None:
    assert set(loaded("tests/bot/intents.yml")) <= domain_intents()


def test_an_intent_stands_in_one_topic_with_its_words_and_its_rule() -> None:
    for topic in TOPICS:
        declared = set(loaded(f"bot/domain/{topic}.yml")["intents"])
        ruled = {
            step["intent"]
            for rule in loaded(f"data/rules/{topic}.yml")["rules"]
            for step in rule["steps"]
            if "intent" in step
        }
        assert set(taught(topic)) == declared
        assert ruled - {"nlu_fallback"} == declared
    assert sum(len(loaded(f"bot/domain/{topic}.yml")["intents"]) for topic in TOPICS) == len(domain_intents())


def test_a_rule_does_what_the_domain_declares_and_nothing_declared_is_never_done() -> None:
    """Rasa's own validation is not run: training goes on with a name that nothing answers to."""
    domains = [loaded(f"bot/domain/{topic}.yml") for topic in TOPICS]
    rules = [rule for topic in TOPICS for rule in loaded(f"data/rules/{topic}.yml")["rules"]]
    done = {step["action"] for rule in rules for step in rule["steps"] if "action" in step}
    assert done == {name for domain in domains for name in (*domain.get("responses", {}), *domain.get("actions", []))}


@pytest.mark.parametrize("intent", sorted(domain_intents()))
def test_every_intent_is_taught_with_different_sentences(intent: str) -> None:
    assert len({normalise(sentence) for sentence in examples()[intent]}) >= LEAST_EXAMPLES


def test_no_sentence_teaches_two_intents() -> None:
    times = Counter(sentence for sentences in examples().values() for sentence in {normalise(one) for one in sentences})
    assert [sentence for sentence, count in times.items() if count > 1] == []


@pytest.mark.parametrize("file", MEASURES)
def test_what_measures_is_never_taught(file: str) -> None:
    assert [text for _, _, text in measured(file) if forms(text) & taught_forms()] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_what_a_dialogue_says_is_never_taught(topic: str) -> None:
    # A turn without an intent answers an identity check, or a question of ours (`chooses`): Rasa never hears it.
    turns = [turn for dialogue in dialogues(topic) for turn in dialogue["turns"] if "intent" in turn]
    # Folded only: a dialogue shows what follows "mrc bocou", and "merci beaucoup" has to be taught.
    assert [turn["says"] for turn in turns if fold(turn["says"]) in taught_forms()] == []


def test_no_sentence_measures_twice() -> None:
    """Neither in two files, nor on both sides: what is held out would no longer be apart from what is tuned on."""
    times = Counter(form for file in MEASURES for _, _, text in measured(file) for form in forms(text))
    assert [form for form, count in times.items() if count > 1] == []


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("folder", ["heldout", "tuning"])
def test_sentences_measure_each_intent_in_three_registers(folder: str, topic: str) -> None:
    counted = Counter((intent, register) for intent, register, _ in measured(f"{folder}/{topic}.tsv"))
    intents = loaded(f"bot/domain/{topic}.yml")["intents"]
    assert [pair for pair in product(intents, REGISTERS) if counted[pair] < LEAST_MEASURED] == []


@pytest.mark.parametrize(("folder", "least"), [("heldout", 200), ("tuning", 150)])
def test_what_is_out_of_scope_is_measured_in_three_registers(folder: str, least: int) -> None:
    rows = measured(f"{folder}/out_of_scope.tsv")
    assert {intent for intent, _, _ in rows} == {"out_of_scope"}
    assert {register for _, register, _ in rows} == set(REGISTERS)
    assert len(rows) >= least


@pytest.mark.parametrize(("folder", "least"), [("heldout", 100), ("tuning", 60)])
def test_two_requests_in_one_message_are_measured_beside_one_that_looks_like_two(folder: str, least: int) -> None:
    rows = [(intents.split("+"), register) for intents, register, _ in measured(f"{folder}/two_requests.tsv")]
    assert {intent for intents, _ in rows for intent in intents} <= domain_intents()
    assert all(len(set(intents)) == len(intents) for intents, _ in rows)
    assert {(len(intents), register) for intents, register in rows} == set(product((1, 2), REGISTERS))
    counted = Counter(len(intents) for intents, _ in rows)
    assert counted[2] >= least
    assert counted[1] >= LEAST_TRAPS


def test_every_name_that_rasa_or_a_dialogue_says_is_written() -> None:
    said = {
        answer["custom"]["say"]
        for topic in TOPICS
        for answers in loaded(f"bot/domain/{topic}.yml").get("responses", {}).values()
        for answer in answers
    }
    heard = {
        name
        for topic in TOPICS
        for one in dialogues(topic)
        for turn in one["turns"]
        for name in turn.get("hears", turn.get("begins"))
    }
    assert said | heard <= set(entries())


def test_every_intent_with_an_action_is_played_by_whoever_may_ask() -> None:
    """By nobody in particular, and where a file is concerned by a person who is known and by a confidential file."""
    played: dict[str, set[str]] = {}
    for dialogue in (one for topic in TOPICS for one in dialogues(topic)):
        for turn in dialogue["turns"]:
            played.setdefault(turn.get("intent") or turn.get("chooses", ""), set()).add(speaker(dialogue))
    for intent in with_an_action():
        wanted = {"nobody"} if intent in table()["general"] else {"nobody", "person", "confidential"}
        assert wanted <= played[intent], intent


def with_an_action() -> set[str]:
    rules = [rule for topic in TOPICS for rule in loaded(f"data/rules/{topic}.yml")["rules"]]
    acting = [rule["steps"] for rule in rules if any("action_" in step.get("action", "") for step in rule["steps"])]
    return {step["intent"] for steps in acting for step in steps if "intent" in step}


def speaker(dialogue: dict[str, Any]) -> str:
    if "link" in dialogue or dialogue.get("phone") in confidential_numbers():
        return "confidential"
    return "person" if "person" in dialogue or dialogue.get("channel") == "sms" else "nobody"


@lru_cache
def confidential_numbers() -> frozenset[str]:
    homes = (home for homes in files.people().values() for home in homes)
    return frozenset(one["phone"] for home in homes for one in home["members"] if one.get("confidential"))
