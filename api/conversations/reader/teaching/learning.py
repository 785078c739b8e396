"""The network is moved, batch by batch, to where it says what the lessons say (Loshchilov and Hutter, AdamW, 2019)."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from api.conversations.reader import layers_of
from api.conversations.reader.network import encode, normal
from api.conversations.reader.pieces import Pieces
from api.conversations.reader.teaching.lessons import AT_ONCE, Aim, Batch, batches

_WARMING = 100
"""Batches until the largest step is reached; then it shrinks to nothing."""
_FORGOTTEN = 0.1
_SLOPE, _SPREAD, _FADING = 0.9, 0.999, 0.01
_NEVER = -1e9
_LONGEST = 1.0
_JUDGE = "judge."

FIXED = ("words", "places", "first.scale", "first.shift")
"""Not learnt: most words of people are in no list."""

type Arrays = dict[str, Any]


class _State(NamedTuple):
    """What is learnt, and where and how widely it has moved."""

    moving: Arrays
    slope: Arrays
    spread: Arrays


def learn(arrays: Arrays, pieces: Pieces, aim: Aim, heard: Callable[[int, float], None]) -> Arrays:
    """The arrays after all lessons, as often as the aim says; `heard` is told how far off the last ones were."""
    fixed = {name: arrays[name] for name in FIXED}
    moving = {name: jnp.asarray(array) for name, array in arrays.items() if name not in FIXED} | _judge(arrays, aim)
    still = jax.tree.map(jnp.zeros_like, moving)
    state, step = _State(moving, still, still), jax.jit(partial(_step, aim))
    chance, key = random.Random(0), jax.random.PRNGKey(0)
    last, done, off = aim.rounds * len(aim.lessons) // AT_ONCE, 0, 0.0
    for _ in range(aim.rounds):
        for lesson in batches(aim.lessons, pieces, chance):
            done, key = done + 1, jax.random.fold_in(key, done)
            size = aim.step * min(done / _WARMING, max(1 - done / last, 0.02))
            rows = _first(fixed, lesson)
            state, now = step(state, done, size, rows, lesson[1:], key)
            off = 0.98 * off + 0.02 * float(now)
            heard(done, off)
    return fixed | {name: np.asarray(array) for name, array in state.moving.items()}


def _judge(arrays: Arrays, aim: Aim) -> Arrays:
    """The last line, which nothing was known of; none where it was taught before."""
    if f"{_JUDGE}weight" in arrays:
        return {}
    wide, names = arrays["words"].shape[1], len(aim.names)
    drawn = np.random.default_rng(0).normal(0, 0.02, (wide, names))
    return {f"{_JUDGE}weight": jnp.asarray(drawn, jnp.float32), f"{_JUDGE}shift": jnp.zeros(names)}


def _first(fixed: Arrays, lesson: Batch) -> Any:
    rows = fixed["words"][lesson.numbers] + fixed["places"][: lesson.numbers.shape[1]]
    return normal(np, rows, fixed["first.scale"], fixed["first.shift"]).astype(np.float32)


def _off(off: Callable[[Any, Any], Any], moving: Arrays, rows: Any, there: Any, means: Any, key: Any) -> Any:
    """How far off, on the mean of a batch."""

    def drop(place: int, rows: Any) -> Any:
        kept = jax.random.bernoulli(jax.random.fold_in(key, place), 1 - _FORGOTTEN, rows.shape)
        return jnp.where(kept, rows / (1 - _FORGOTTEN), 0)

    meant = encode(jnp, layers_of(moving), rows, (1 - there[:, None, None, :]) * _NEVER, drop)
    mean = (meant * there[..., None]).sum(1) / there.sum(1, keepdims=True)
    return off(mean @ moving["judge.weight"] + moving["judge.shift"], means)


def _step(aim: Aim, state: _State, done: Any, size: Any, rows: Any, wanted: Any, key: Any) -> tuple[_State, Any]:
    now, steep = jax.value_and_grad(partial(_off, aim.off))(state.moving, rows, *wanted, key)
    length = jnp.sqrt(sum((one**2).sum() for one in jax.tree.leaves(steep)))
    steep = jax.tree.map(lambda one: one * jnp.minimum(1, _LONGEST / (length + 1e-6)), steep)
    slope = jax.tree.map(lambda old, new: _SLOPE * old + (1 - _SLOPE) * new, state.slope, steep)
    spread = jax.tree.map(lambda old, new: _SPREAD * old + (1 - _SPREAD) * new * new, state.spread, steep)

    def moved(name: str, array: Any) -> Any:
        way = slope[name] / (1 - _SLOPE**done) / (jnp.sqrt(spread[name] / (1 - _SPREAD**done)) + 1e-8)
        faster = aim.judging if name.startswith(_JUDGE) else 1.0
        return array - size * faster * (way + _FADING * array)

    return _State({name: moved(name, array) for name, array in state.moving.items()}, slope, spread), now
