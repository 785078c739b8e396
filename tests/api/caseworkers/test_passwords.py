"""A password is long, not among the first tried, not one's name; no wrong one opens."""

import unicodedata

import pytest
from argon2 import PasswordHasher
from hypothesis import assume, given
from hypothesis import strategies as st

from api.caseworkers import passwords
from api.core.errors import Unreadable
from tests.api.caseworkers.desk_accounts import CHEAP

# Lone halves of a pair, which JSON can carry, among them.
ANY = st.text(st.characters(exclude_categories=()), max_size=30)


def kept(password: str) -> str:
    return CHEAP.hash(unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass"))


def refused(password: str, first_name: str = "Nolwenn", last_name: str = "Le Goff") -> str:
    with pytest.raises(Unreadable) as refusal:
        passwords.check(password, first_name, last_name)
    assert refusal.value.error == "password_refused"
    return refusal.value.message


@given(right=ANY, typed=ANY)
def test_no_wrong_password_opens(right: str, typed: str) -> None:
    assume(unicodedata.normalize("NFKC", right) != unicodedata.normalize("NFKC", typed))
    assert not passwords.verify(typed, kept(right))


@given(right=ANY.filter(bool), at=st.integers(0, 29), how=st.sampled_from(["shorter", "longer", "other"]))
def test_nor_does_one_that_is_nearly_right(right: str, at: int, how: str) -> None:
    place = at % len(right)
    typed = {"shorter": right[:-1], "longer": right + "x", "other": right[:place] + "§" + right[place + 1 :]}[how]
    assume(unicodedata.normalize("NFKC", right) != unicodedata.normalize("NFKC", typed))
    assert not passwords.verify(typed, kept(right))


@given(password=ANY)
def test_the_right_one_opens_however_a_keyboard_sends_its_accents(password: str) -> None:
    assert passwords.verify(unicodedata.normalize("NFD", password), kept(password))


@pytest.mark.parametrize("kept", ["", "plain", "$argon2id$v=19$m=8,t=1,p=1$broken"])
def test_what_is_no_digest_opens_to_nobody(kept: str) -> None:
    assert not passwords.verify("plain", kept)


async def test_nothing_is_right_where_nothing_was_kept() -> None:
    assert not await passwords.is_right("trois bateaux bleus", None)


async def test_a_digest_is_argon2id_at_a_cost_of_today_and_never_the_same_twice() -> None:
    first, second = await passwords.digest("trois bateaux bleus"), await passwords.digest("trois bateaux bleus")
    assert first != second
    assert first.startswith("$argon2id$")
    assert "bateaux" not in first
    assert not passwords.is_dated(first)
    assert passwords.is_dated(CHEAP.hash("trois bateaux bleus"))
    assert PasswordHasher().verify(first, "trois bateaux bleus")


def test_eleven_signs_are_too_few_and_twelve_are_enough() -> None:
    assert "trop court" in refused("bleu marine")
    passwords.check("bleu marines", "Nolwenn", "Le Goff")


@pytest.mark.parametrize(
    "password",
    ["motdepasse2026", "Mot-de-passe 1", "BRETAGNE2026!", "bonjourbonjour", "azertyuiop12", "demonstration"]
    + ["123456789012", "!?!?!?!?!?!?", "abababababab"],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert "trop connu" in refused(password)


@pytest.mark.parametrize("password", ["bretagne en novembre", "mon premier bonjour", "le goéland et la mer"])
def test_a_sentence_that_holds_such_a_word_is_not(password: str) -> None:
    passwords.check(password, "Nolwenn", "Le Gof")


@pytest.mark.parametrize("password", ["nolwenn au bureau", "BUREAU-DE-NOLWENN", "la mer et le goff", "mer et go-ff !"])
def test_ones_own_name_is_refused_however_it_is_written(password: str) -> None:
    assert "votre nom" in refused(password)


def test_two_short_names_are_refused_together_only() -> None:
    passwords.check("banane et roseau", "Ana", "Roy")
    assert "votre nom" in refused("anaroy et la mer", "Ana", "Roy")
