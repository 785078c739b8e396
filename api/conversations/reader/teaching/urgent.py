"""To tell urgent messages, and of which kind they are: from data/reference/urgent/lists/."""

from collections.abc import Iterator
from typing import Any

import jax

from api.conversations.reader.teaching.lessons import Shown
from api.conversations.urgent.kinds import FOLDER, Urgency
from api.conversations.urgent.learning import HARMLESS, Example, read
from api.conversations.urgent.varying import varied

_APART, _ORDINARY, _SPOKEN = "tuning", "ordinary", "spoken"
_MISSED = 1.5
"""An urgent message missed costs as much as one and a half false alarms."""
_KINDS = 0.3
"""What telling the kinds apart counts for, beside hearing that something is urgent."""
_SURE = 0.985
"""A list is right about so many of its messages: nothing is learnt to be surer."""


def lessons() -> Iterator[Shown]:
    """From all lists but the one that the threshold is chosen on; the ordinary ones, being many, in one way.

    Those of `reader/` teach this reader alone: what words by themselves cannot tell apart only blurs the weights.
    """
    lists = {path.stem: read(path) for path in sorted((FOLDER / "lists").rglob("*.tsv")) if path.stem != _APART}
    ordinary = [row.text for row in lists[_ORDINARY]]
    for name, rows in lists.items():
        for row in rows:
            yield shown(row, () if name in {_ORDINARY, _SPOKEN} else tuple(varied(row.text, ordinary)), name)


def shown(row: Example, ways: tuple[str, ...], source: str = "") -> Shown:
    """A row of the lists, to learn from."""
    return Shown(row.text, ways, means(row.kind), source)


def means(kind: str) -> list[float]:
    """Whether it is urgent, then of which kind: 1 or 0, as kinds.NAMES."""
    return [float(kind != HARMLESS), *(float(kind == other) for other in Urgency)]


def off(said: Any, means: Any) -> Any:
    """Whether it is urgent; and which kind, if it is."""
    wanted = means.at[:, 0].set(means[:, 0] * (2 * _SURE - 1) + 1 - _SURE)
    each = -wanted * jax.nn.log_sigmoid(said) - (1 - wanted) * jax.nn.log_sigmoid(-said)
    urgent = means[:, 0]
    return (each[:, 0] * (1 + urgent * (_MISSED - 1)) + _KINDS * urgent * each[:, 1:].sum(1)).mean()
