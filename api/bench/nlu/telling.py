"""The figures of the three classifiers: rows of a table for people, and each over its reference for machines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from api.bench.figures import Figure, percentile, rounded
from api.bench.nlu.mcnemar import Discordant, discordant
from api.bench.nlu.measuring import Measured, Reading
from api.commands.evaluation import Sentence

FRENCH_REFERENCE = 82.4
"""Percent of nlp.js's test sentences that DIET understood, accents stripped: measured once, given to us."""
REGISTERS = {"careful": "soigné", "plain": "parlé", "sms": "SMS"}


@dataclass(frozen=True, slots=True)
class Row:
    """One quantity of the three."""

    name: str
    said: str
    """In French, for the table."""
    unit: str
    ours: float
    diet: float
    linear: float


def rows(measured: Measured) -> list[Row]:
    """Accuracy on the whole and by register, then what it costs."""
    sentences = measured.sentences
    return [
        _row(measured, "accuracy", "Intention juste", "%", lambda one: share(one.right)),
        *(
            _row(measured, f"accuracy_{name}", f"Dont {said}", "%", _within(name, sentences))
            for name, said in REGISTERS.items()
        ),
        _row(measured, "message_median", "Un message, médiane", "ms", lambda one: 1000 * median(one.seconds)),
        _row(measured, "message_p95", "Un message, 95 %", "ms", lambda one: 1000 * percentile(one.seconds, 0.95)),
        _row(measured, "memory", "Mémoire", "MB", lambda one: one.memory),
        _row(measured, "train", "Apprentissage", "s", lambda one: one.training),
    ]


def figures(measured: Measured) -> list[Figure]:
    """Each row over DIET and over the linear model, their tests, and nlp.js's French set."""
    compared = [
        Figure(f"{row.name}_{name}", row.ours, row.unit, reference)
        for row in rows(measured)
        for name, reference in (("diet", row.diet), ("linear", row.linear))
    ]
    tested = [figure for name, pairs in parted(measured).items() for figure in _tested(name, pairs)]
    return [*compared, *tested, Figure("nlpjs_fr", french_share(measured), "%", FRENCH_REFERENCE)]


def parted(measured: Measured) -> dict[str, Discordant]:
    """Ours against each of the others."""
    others = {"diet": measured.diet, "linear": measured.linear}
    return {name: discordant(measured.ours.right, other.right) for name, other in others.items()}


def french_share(measured: Measured) -> float:
    """Percent of nlp.js's test sentences."""
    return 100 * measured.french_right / measured.french_asked


def share(right: Sequence[bool]) -> float:
    """Percent. Raises ZeroDivisionError without sentences."""
    return 100 * sum(right) / len(right)


def shown(row: Row) -> tuple[str, ...]:
    """The cells of a row, three significant digits each; ours first."""
    return (row.said, *(f"{rounded(value):g}" for value in (row.ours, row.diet, row.linear)), row.unit)


def _row(measured: Measured, name: str, said: str, unit: str, of: Callable[[Reading], float]) -> Row:
    return Row(name, said, unit, of(measured.ours), of(measured.diet), of(measured.linear))


def _within(register: str, sentences: Sequence[Sentence]) -> Callable[[Reading], float]:
    """The share of a register's sentences that a reading got right."""

    def of(reading: Reading) -> float:
        pairs = zip(sentences, reading.right, strict=True)
        return share([right for sentence, right in pairs if sentence.register == register])

    return of


def _tested(name: str, pairs: Discordant) -> list[Figure]:
    """The sentences that only one understood, ours over theirs, and how likely chance alone would part them so."""
    return [
        Figure(f"only_ours_{name}", pairs.ours, "phrases", pairs.theirs),
        Figure(f"mcnemar_{name}", pairs.p, "p"),
    ]
