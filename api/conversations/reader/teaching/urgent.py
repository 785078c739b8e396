"""To tell urgent messages, and of which kind they are: from data/reference/urgent/lists/."""

from typing import Any

import jax

from api.conversations.reader.teaching.lessons import Aim, Shown
from api.conversations.urgent.kinds import FOLDER, Urgency
from api.conversations.urgent.learning import HARMLESS, Example, read
from api.conversations.urgent.reading import NAMES
from api.conversations.urgent.varying import varied

_APART, _ORDINARY, _SPOKEN = "tuning", "ordinary", "spoken"
_ROUNDS, _STEP = 3, 1e-4
_MISSED = 1.5
"""An urgent message missed costs as much as one and a half false alarms."""
_KINDS = 0.3
"""What telling the kinds apart counts for, beside hearing that something is urgent."""
_SURE = 0.985
"""A list is right about so many of its messages: nothing is learnt to be surer."""


def aim() -> Aim:
    """From all lists but the one that the threshold is chosen on; the ordinary ones, being many, in one way."""
    lists = {path.stem: read(path) for path in sorted((FOLDER / "lists").glob("*.tsv")) if path.stem != _APART}
    ordinary = [row.text for row in lists[_ORDINARY]]
    lessons = [
        shown(row, () if name in {_ORDINARY, _SPOKEN} else tuple(varied(row.text, ordinary)))
        for name, rows in lists.items()
        for row in rows
    ]
    return Aim(NAMES, lessons, _ROUNDS, off, _STEP)


def shown(row: Example, ways: tuple[str, ...]) -> Shown:
    """A row of the lists, to learn from."""
    return Shown(row.text, ways, [row.kind != HARMLESS, *(row.kind == kind for kind in Urgency)])


def off(said: Any, means: Any) -> Any:
    """Whether it is urgent; and which kind, if it is."""
    wanted = means.at[:, 0].set(means[:, 0] * (2 * _SURE - 1) + 1 - _SURE)
    each = -wanted * jax.nn.log_sigmoid(said) - (1 - wanted) * jax.nn.log_sigmoid(-said)
    urgent = means[:, 0]
    return (each[:, 0] * (1 + urgent * (_MISSED - 1)) + _KINDS * urgent * each[:, 1:].sum(1)).mean()
