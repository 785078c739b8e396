"""The measure of understanding: what each figure counts."""

from api.commands.evaluation import Sentence, evaluate, macro_f1


def parsed(intent: str, *ranking: str) -> dict[str, object]:
    return {"intent": {"name": intent}, "ranking": [{"name": name} for name in ranking], "entities": []}


SENTENCES = [
    Sentence("greet", "careful", "Bonjour à vous"),
    Sentence("greet", "sms", "bjr"),
    Sentence("thank", "sms", "mrc"),
    Sentence("emergency_distress", "plain", "je veux mourir"),
]
PARSED = [
    parsed("greet", "greet", "thank"),
    parsed("nlu_fallback", "greet", "thank"),
    parsed("greet", "greet", "thank"),
    parsed("greet", "greet"),
]


def test_accuracy_is_that_of_the_first_intent_whatever_the_bands() -> None:
    measured = evaluate(SENTENCES, PARSED)
    assert measured["accuracy"] == {"careful": 1.0, "sms": 0.5, "plain": 1.0}
    assert measured["confusions"] == [["thank", "greet", 1]]


def test_shares_are_of_what_would_be_said() -> None:
    measured = evaluate(SENTENCES, PARSED)
    assert measured["shares"] == {"answered": 0.75, "asked_back": 0.0, "not_understood": 0.25}
    assert measured["wrong_of_answered"] == 1 / 3


def test_macro_f1_weighs_each_intent_the_same() -> None:
    assert macro_f1([("a", "a"), ("a", "a"), ("b", "b")]) == 1.0
    assert macro_f1([("a", "a"), ("b", "a")]) == (2 / 3 + 0) / 2
