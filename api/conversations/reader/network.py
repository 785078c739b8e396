"""The network that reads a message: that of multilingual-e5-small, a transformer (Devlin and others, "BERT", 2019).

`xp` is the library that counts: numpy to read, jax.numpy to learn. Shapes: rows `[…, pieces, width]`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

HEADS = 12
_NEAR_ZERO = 1e-12

type Layer = Mapping[str, Any]


def _same(_place: int, rows: Any) -> Any:
    return rows


def encode(
    xp: Any, layers: Sequence[Layer], rows: Any, hidden: Any = 0.0, drop: Callable[[int, Any], Any] = _same
) -> Any:
    """What each piece means among the others.

    `hidden` is added to how much pieces look at each other: `[…, 1, 1, pieces]`, very low for those that only fill up.
    `drop` forgets some of it, at a place, while learning.
    """
    for number, layer in enumerate(layers):
        looked = drop(2 * number, _look(xp, layer, rows, hidden))
        rows = normal(xp, rows + looked, layer["looked.scale"], layer["looked.shift"])
        thought = drop(2 * number + 1, _think(xp, layer, rows))
        rows = normal(xp, rows + thought, layer["thought.scale"], layer["thought.shift"])
    return rows


def normal(xp: Any, rows: Any, scale: Any, shift: Any) -> Any:
    """Each row around zero, of one spread, then as `scale` and `shift` say."""
    away = rows - rows.mean(-1, keepdims=True)
    return away / xp.sqrt((away * away).mean(-1, keepdims=True) + _NEAR_ZERO) * scale + shift


def _look(xp: Any, layer: Layer, rows: Any, hidden: Any) -> Any:
    """Attention: each piece takes from the others, by how well what it asks fits what they offer."""
    asked, offered, given = (_heads(xp, _line(layer, name, rows)) for name in ("ask", "offer", "give"))
    fit = asked @ xp.swapaxes(offered, -1, -2) / asked.shape[-1] ** 0.5 + hidden
    share = xp.exp(fit - fit.max(-1, keepdims=True))
    taken = xp.swapaxes(share / share.sum(-1, keepdims=True) @ given, -2, -3)
    return _line(layer, "join", taken.reshape(rows.shape))


def _heads(xp: Any, rows: Any) -> Any:
    return xp.swapaxes(rows.reshape(*rows.shape[:-1], HEADS, -1), -2, -3)


def _think(xp: Any, layer: Layer, rows: Any) -> Any:
    """Gaussian error unit between two lines, by its usual approximation (Hendrycks and Gimpel, 2016)."""
    wide = _line(layer, "widen", rows)
    bent = 0.5 * wide * (1 + xp.tanh((2 / xp.pi) ** 0.5 * (wide + 0.044715 * wide * wide * wide)))
    return _line(layer, "narrow", bent)


def _line(layer: Layer, name: str, rows: Any) -> Any:
    return rows @ layer[f"{name}.weight"] + layer[f"{name}.shift"]
