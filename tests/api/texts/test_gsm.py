"""The alphabet of text messages, and the count that the operator bills."""

import random
import unicodedata
from collections import Counter

import pytest
import smsutil
from hypothesis import given
from hypothesis import strategies as st

from api.texts.gsm import BASIC, ESCAPED, segments, to_gsm

GSM = "".join(sorted(BASIC | ESCAPED))
# The escape itself (\x1b) is a letter to smsutil; to us it is none.
ANY = st.text(st.characters(exclude_characters="\x1b", exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        pytest.param("déjà où è ù à ì ò ü ñ", "déjà où è ù à ì ò ü ñ", id="accents of the alphabet stay"),
        pytest.param("reçu, être, Noël, île, hôtel, sûr", "recu, etre, Noel, ile, hotel, sur", id="the others go"),
        pytest.param("À Évreux, Êtes-vous, ÇA", "A Évreux, Etes-vous, ÇA", id="capitals"),
        pytest.param("e\u0301te\u0301", "été", id="an accent typed apart"),
        pytest.param("cœur ŒUVRE", "coeur OEUVRE", id="ligatures"),
        pytest.param("kişi arayın", "kisi arayin", id="the Turkish i without its dot"),
        pytest.param("l’heure « dite »…", 'l\'heure "dite"...', id="typography"),
        pytest.param("Pourquoi\u00a0? 10\u202f€", "Pourquoi ? 10 €", id="no-break spaces"),
        pytest.param("9 h – 12 h — 2024‑2025", "9 h - 12 h - 2024-2025", id="dashes"),
        pytest.param("n° 12, 20 °C, m²", "no 12, 20 C, m2", id="degrees and squares"),
        pytest.param("Bonjour 👋 !", "Bonjour !", id="an emoji goes with its space"),
        pytest.param("Merci 👨‍👩‍👧🏽", "Merci", id="a family is one emoji"),
        pytest.param("a\u200bb\ufeff", "ab", id="zero-width"),
        pytest.param("ligne 1\r\nligne 2\tfin", "ligne 1\nligne 2 fin", id="ends of line"),
        pytest.param("日本", "", id="no spelling: dropped"),
        pytest.param("Quoi ?", "Quoi ?", id="a real question mark stays"),
        pytest.param("½ heure → mairie", "1/2 heure -> mairie", id="spelled"),
    ],
)
def test_text_is_made_to_fit(text: str, sent: str) -> None:
    assert to_gsm(text) == sent


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 1, id="an empty message is sent all the same"),
        pytest.param("a" * 160, 1, id="160 septets"),
        pytest.param("a" * 161, 2, id="161 septets"),
        pytest.param("a" * 306, 2, id="2 x 153"),
        pytest.param("a" * 307, 3, id="one more"),
        pytest.param("€" * 80, 1, id="80 escaped"),
        pytest.param("€" * 81, 2, id="81 escaped"),
        pytest.param("a" * 152 + "€" + "a" * 152, 3, id="an escape is not parted"),
        pytest.param("ê" * 70, 1, id="70 UTF-16 units"),
        pytest.param("ê" * 71, 2, id="71 UTF-16 units"),
        pytest.param("👋" * 35, 1, id="35 surrogate pairs"),
        pytest.param("ê" * 66 + "👋" + "ê" * 66, 3, id="a pair is not parted"),
    ],
)
def test_parts_are_counted(text: str, count: int) -> None:
    assert segments(text) == count


@given(st.one_of(ANY, st.text(GSM, min_size=140, max_size=700), st.text("a€ê👋", min_size=60, max_size=400)))
def test_parts_are_counted_as_gateways_do(text: str) -> None:
    assert segments(text) == len(smsutil.split(text).parts or [text])


def generated(draw: random.Random) -> str:
    """Up to ten parts of one alphabet or the other, with what costs two units wherever two parts meet."""
    small, wide, size = draw.choice([("abcé 1", "€[", 153), ("abçê 1", "😀👍", 67)])
    signs = draw.choices(small, k=draw.randint(0, 10 * size))
    for edge in range(size - 1, len(signs), size):
        if draw.random() < 0.5:
            signs[max(0, edge + draw.randint(-2, 2)) : edge + 3] = draw.choice(wide)
    # Where one part becomes two: 160 and 153, 70 and 67.
    return "".join(signs[: draw.choice([len(signs), size, size + 1, size + 3, size + 7, size + 8])])


def test_ten_thousand_texts_are_counted_as_gateways_do() -> None:
    draw = random.Random(5)
    counted: Counter[int] = Counter()
    for _ in range(10_000):
        text = generated(draw)
        parts = len(smsutil.split(text).parts or [text])
        assert segments(text) == parts, text
        counted[parts] += 1
    assert all(counted[parts] > 100 for parts in range(1, 11)), counted


@given(st.text())
def test_what_is_sent_is_in_the_alphabet(text: str) -> None:
    assert set(to_gsm(text)) <= BASIC | ESCAPED


@given(st.text())
def test_no_question_mark_is_invented(text: str) -> None:
    asked = unicodedata.normalize("NFKD", text).count("?")
    assert to_gsm(text).count("?") <= asked


@given(st.text(GSM.replace("\r", "")))
def test_what_fits_already_is_left_alone(text: str) -> None:
    assert to_gsm(text) == text


@given(st.text())
def test_making_it_fit_twice_is_making_it_fit_once(text: str) -> None:
    assert to_gsm(to_gsm(text)) == to_gsm(text)


def test_the_alphabet_has_its_128_letters_less_the_escape() -> None:
    assert (len(BASIC), len(ESCAPED)) == (127, 10)
