"""Figures: what was measured, beside its reference, and how they are told."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Told = dict[str, dict[str, float | str | None]]

_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured quantity; `reference` is the same of stock Rasa, or of something bare, in the same run."""

    name: str
    value: float
    unit: str
    reference: float | None = None
    note: str = ""
    """How it was measured, in French, for the printed table only."""

    @property
    def ratio(self) -> float | None:
        """Value over reference: above 1 is better for a rate, below 1 for a time or a memory."""
        return self.value / self.reference if self.reference else None


def as_json(figures: Iterable[Figure]) -> Told:
    """`{figure: {value, unit, reference, ratio}}`, to three significant digits; null where there is no reference."""
    return {
        figure.name: {
            "value": rounded(figure.value),
            "unit": figure.unit,
            "reference": rounded(figure.reference),
            "ratio": rounded(figure.ratio),
        }
        for figure in figures
    }


def rows(figures: Iterable[Figure]) -> list[tuple[str, str, str, str, str, str]]:
    """Name, value, unit, reference, ratio and note of each figure, as text; a dash where there is none."""
    return [
        (
            figure.name,
            _text(figure.value),
            figure.unit,
            _text(figure.reference),
            _text(figure.ratio),
            figure.note,
        )
        for figure in figures
    ]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed: one that was really observed.

    Raises ValueError without values.
    """
    if not values:
        raise ValueError("no values")
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]


def rounded(value: float | None) -> float | None:
    """Three significant digits: more would be noise."""
    return None if value is None else float(f"{value:.{_DIGITS}g}")


def _text(value: float | None) -> str:
    short = rounded(value)
    return "-" if short is None else f"{short:g}"
