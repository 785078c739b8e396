"""The network is moved, batch by batch, to where it says what the lists say (Loshchilov and Hutter, AdamW, 2019)."""

import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from api.conversations.urgent.kinds import Urgency
from api.conversations.urgent.reader import layers_of
from api.conversations.urgent.reader.network import encode, normal
from api.conversations.urgent.reader.pieces import Pieces
from api.conversations.urgent.teaching.lessons import AT_ONCE, Batch, Shown, batches

STEP, _WARMING = 1e-4, 100
"""Largest step, and batches until it is reached; then it shrinks to nothing."""
_FORGOTTEN = 0.1
_SLOPE, _SPREAD, _FADING = 0.9, 0.999, 0.01
_MISSED = 1.5
"""An urgent message missed costs as much as one and a half false alarms."""
_KINDS = 0.3
"""What telling the kinds apart counts for, beside hearing that something is urgent."""
_SURE = 0.985
"""A list is right about so many of its messages: nothing is learnt to be surer."""
_NEVER = -1e9
_LONGEST = 1.0

FIXED = ("words", "places", "first.scale", "first.shift")
"""Not learnt: most words of people are in no list."""

type Arrays = dict[str, Any]


class _State(NamedTuple):
    """What is learnt, and where and how widely it has moved."""

    moving: Arrays
    slope: Arrays
    spread: Arrays


def learn(
    arrays: Arrays, pieces: Pieces, lessons: Sequence[Shown], rounds: int, heard: Callable[[int, float], None]
) -> Arrays:
    """The arrays after all lessons, `rounds` times over; `heard` is told how far off the last ones were."""
    fixed = {name: arrays[name] for name in FIXED}
    moving = {name: jnp.asarray(array) for name, array in arrays.items() if name not in FIXED} | _judge(arrays)
    still = jax.tree.map(jnp.zeros_like, moving)
    state = _State(moving, still, still)
    chance, key = random.Random(0), jax.random.PRNGKey(0)
    last, done, off = rounds * len(lessons) // AT_ONCE, 0, 0.0
    for _ in range(rounds):
        for lesson in batches(lessons, pieces, chance):
            done, key = done + 1, jax.random.fold_in(key, done)
            size = STEP * min(done / _WARMING, max(1 - done / last, 0.02))
            rows = _first(fixed, lesson)
            state, now = _step(state, done, size, rows, lesson[1:], key)
            off = 0.98 * off + 0.02 * float(now)
            heard(done, off)
    return fixed | {name: np.asarray(array) for name, array in state.moving.items()}


def _judge(arrays: Arrays) -> Arrays:
    """The last line, which nothing was known of."""
    wide = arrays["words"].shape[1]
    drawn = np.random.default_rng(0).normal(0, 0.02, (wide, 1 + len(Urgency)))
    return {"judge.weight": jnp.asarray(drawn, jnp.float32), "judge.shift": jnp.zeros(1 + len(Urgency))}


def _first(fixed: Arrays, lesson: Batch) -> Any:
    rows = fixed["words"][lesson.numbers] + fixed["places"][: lesson.numbers.shape[1]]
    return normal(np, rows, fixed["first.scale"], fixed["first.shift"]).astype(np.float32)


def _off(moving: Arrays, rows: Any, there: Any, sides: Any, key: Any) -> Any:
    """How far off, on the mean of a batch: whether it is urgent, and which kind if it is."""

    def drop(place: int, rows: Any) -> Any:
        kept = jax.random.bernoulli(jax.random.fold_in(key, place), 1 - _FORGOTTEN, rows.shape)
        return jnp.where(kept, rows / (1 - _FORGOTTEN), 0)

    meant = encode(jnp, layers_of(moving), rows, (1 - there[:, None, None, :]) * _NEVER, drop)
    mean = (meant * there[..., None]).sum(1) / there.sum(1, keepdims=True)
    said = mean @ moving["judge.weight"] + moving["judge.shift"]
    wanted = sides.at[:, 0].set(sides[:, 0] * (2 * _SURE - 1) + 1 - _SURE)
    each = -wanted * jax.nn.log_sigmoid(said) - (1 - wanted) * jax.nn.log_sigmoid(-said)
    urgent = sides[:, 0]
    return (each[:, 0] * (1 + urgent * (_MISSED - 1)) + _KINDS * urgent * each[:, 1:].sum(1)).mean()


@jax.jit
def _step(state: _State, done: Any, size: Any, rows: Any, wanted: Any, key: Any) -> tuple[_State, Any]:
    now, steep = jax.value_and_grad(_off)(state.moving, rows, *wanted, key)
    length = jnp.sqrt(sum((one**2).sum() for one in jax.tree.leaves(steep)))
    steep = jax.tree.map(lambda one: one * jnp.minimum(1, _LONGEST / (length + 1e-6)), steep)
    slope = jax.tree.map(lambda old, new: _SLOPE * old + (1 - _SLOPE) * new, state.slope, steep)
    spread = jax.tree.map(lambda old, new: _SPREAD * old + (1 - _SPREAD) * new * new, state.spread, steep)

    def moved(array: Any, along: Any, wide: Any) -> Any:
        way = along / (1 - _SLOPE**done) / (jnp.sqrt(wide / (1 - _SPREAD**done)) + 1e-8)
        return array - size * (way + _FADING * array)

    return _State(jax.tree.map(moved, state.moving, slope, spread), slope, spread), now
