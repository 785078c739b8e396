"""How often the intent understood is the intent meant: the figures, and how they read."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.conversations.urgent import recognise

FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Sentence:
    """One sentence that somebody might write, and what they mean by it."""

    intent: str
    register: str
    """careful, plain or sms."""
    text: str


@dataclass(frozen=True)
class Understood:
    """What the chain makes of a sentence: its first intent, and whether it would answer it."""

    intent: str
    answered: bool


def understood(sentence: Sentence, parsed: dict[str, Any]) -> Understood:
    """Urgent words first, as in a turn; then Rasa's best intent, the fallback left aside."""
    urgency = recognise(sentence.text)
    if urgency:
        return Understood(f"emergency_{urgency}", answered=True)
    best = next((row["name"] for row in parsed["ranking"] if row["name"] != FALLBACK), FALLBACK)
    return Understood(best, answered=parsed["intent"]["name"] != FALLBACK)


def evaluate(sentences: Sequence[Sentence], parsed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The measure that `hent nlu evaluate --json` prints; every share is between 0 and 1."""
    found = [understood(sentence, one) for sentence, one in zip(sentences, parsed, strict=True)]
    pairs = list(zip(sentences, found, strict=True))
    by_register: dict[str, list[bool]] = defaultdict(list)
    for sentence, guess in pairs:
        by_register[sentence.register].append(sentence.intent == guess.intent)
    answered = [(sentence, guess) for sentence, guess in pairs if guess.answered]
    wrong = sum(sentence.intent != guess.intent for sentence, guess in answered)
    confusions = Counter((s.intent, g.intent) for s, g in pairs if s.intent != g.intent)
    share = len(answered) / len(pairs) if pairs else 0.0
    return {
        "accuracy": {register: sum(right) / len(right) for register, right in by_register.items()},
        "macro_f1": macro_f1([(s.intent, g.intent) for s, g in pairs]),
        "confusions": [[expected, got, count] for (expected, got), count in confusions.most_common()],
        "shares": {"answered": share, "asked_back": 0.0, "not_understood": 1 - share},
        "wrong_of_answered": wrong / len(answered) if answered else 0.0,
    }


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean of the F1 of each expected intent, each weighing the same."""
    scores = []
    for intent in {expected for expected, _ in pairs}:
        hits = sum(expected == got == intent for expected, got in pairs)
        claimed = sum(got == intent for _, got in pairs)
        meant = sum(expected == intent for expected, _ in pairs)
        scores.append(2 * hits / (claimed + meant))
    return sum(scores) / len(scores) if scores else 0.0


def report(measured: dict[str, Any]) -> str:
    """The figures for a person at a terminal."""
    lines = [f"{register:10} {right:6.1%}" for register, right in measured["accuracy"].items()]
    lines.append(f"{'macro F1':10} {measured['macro_f1']:6.1%}")
    lines += [f"{name:15} {share:6.1%}" for name, share in measured["shares"].items()]
    lines.append(f"faux parmi les répondus {measured['wrong_of_answered']:.1%}")
    lines += [f"{count:3} {expected} -> {got}" for expected, got, count in measured["confusions"][:20]]
    return "\n".join(lines)
