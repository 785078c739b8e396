"""How often the intent understood is the intent meant: the figures, and how they read."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from api.conversations.bands import bands
from api.conversations.pressing import heard_alone, pressing
from api.conversations.rereading import likeliest
from api.privacy.masking import mask_for_rasa

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
BANDS = ("answered", "asked_back", "not_understood")


@dataclass(frozen=True)
class Sentence:
    """One sentence that somebody might write, and what they mean by it."""

    intent: str
    register: str
    """careful, plain or sms."""
    text: str


@dataclass(frozen=True)
class Understood:
    """What the chain makes of a sentence: its first intent, and how sure it is of it, from 0 to 1."""

    intent: str
    confidence: float

    @property
    def band(self) -> str:
        """answered, asked_back or not_understood."""
        if self.confidence >= bands().answer:
            return "answered"
        return "asked_back" if self.confidence >= bands().ask_back else "not_understood"


Pair = tuple[Sentence, Understood]


def understood(sentence: Sentence, parsed: dict[str, Any]) -> Understood:
    """Urgent words first, as in a turn; then Rasa's likeliest intent, read again where Rasa is not sure."""
    danger = pressing(sentence.text)
    if danger:
        return Understood(danger.intent, 1.0)
    if not parsed["ranking"]:
        return Understood(FALLBACK, 0.0)
    first = likeliest(mask_for_rasa(sentence.text, ()), parsed["ranking"])
    asked = heard_alone(sentence.text, first["name"])
    return Understood(first["name"], bands().ask_back if asked else first["confidence"])


def paired(sentences: Sequence[Sentence], parsed: Sequence[dict[str, Any]]) -> list[Pair]:
    """Each sentence with what is understood of it."""
    return [(sentence, understood(sentence, one)) for sentence, one in zip(sentences, parsed, strict=True)]


def evaluate(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The measure that `hent nlu evaluate --json` prints; every share is between 0 and 1.

    What is out of scope counts in `refused` alone, the others everywhere else. Refused: not answered, or known for it.
    """
    inside = [pair for pair in pairs if pair[0].intent != OUT_OF_SCOPE]
    outside = [guess for sentence, guess in pairs if sentence.intent == OUT_OF_SCOPE]
    by_register: dict[str, list[Pair]] = defaultdict(list)
    for pair in inside:
        by_register[pair[0].register].append(pair)
    confusions = Counter((s.intent, g.intent) for s, g in inside if s.intent != g.intent)
    refused = [guess.band != "answered" or guess.intent == OUT_OF_SCOPE for guess in outside]
    return {
        "accuracy": {name: _share(s.intent == g.intent for s, g in said) for name, said in by_register.items()},
        "macro_f1": macro_f1([(s.intent, g.intent) for s, g in inside]),
        "confusions": [[expected, got, count] for (expected, got), count in confusions.most_common()],
        "shares": {band: _share(guess.band == band for _, guess in inside) for band in BANDS},
        "wrong_of_answered": wrong_of_answered(inside),
        "registers": {
            name: {
                "answered": _share(guess.band == "answered" for _, guess in said),
                "wrong_of_answered": wrong_of_answered(said),
            }
            for name, said in by_register.items()
        },
        "refused": _share(refused) if refused else None,
    }


def wrong_of_answered(pairs: Sequence[Pair]) -> float:
    """The share of what is answered outright that is answered as something else."""
    return _share(s.intent != g.intent for s, g in pairs if g.band == "answered")


def worst(pairs: Sequence[Pair]) -> list[Pair]:
    """Twenty at most: what is understood wrongly, the surest first."""
    wrong = [(sentence, guess) for sentence, guess in pairs if sentence.intent != guess.intent]
    return sorted(wrong, key=lambda pair: -pair[1].confidence)[:20]


def _share(of: Iterable[bool]) -> float:
    held = list(of)
    return sum(held) / len(held) if held else 0.0


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
    lines = [
        f"{name:10} juste {right:6.1%}  répondu {measured['registers'][name]['answered']:6.1%}"
        f"  dont faux {measured['registers'][name]['wrong_of_answered']:5.1%}"
        for name, right in measured["accuracy"].items()
    ]
    lines.append(f"{'macro F1':10} {measured['macro_f1']:6.1%}")
    lines += [f"{name:15} {share:6.1%}" for name, share in measured["shares"].items()]
    lines.append(f"faux parmi les répondus {measured['wrong_of_answered']:.1%}")
    if measured["refused"] is not None:
        lines.append(f"hors sujet écarté {measured['refused']:.1%}")
    lines += [f"{count:3} {expected} -> {got}" for expected, got, count in measured["confusions"][:20]]
    return "\n".join(lines)
