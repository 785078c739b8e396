"""What an editor reads of a sentence: enough to say what it means, nothing that says whose it is."""

import pytest

from api.conversations.learning.masking import keepable, without_tokens


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("je m'appelle Yann Le Bihan et je cherche", "je m'appelle xxnom et je cherche"),
        ("mme kergoat m'a rien dit", "mme xxnom m'a rien dit"),
        ("bonjour madame je veux un truc", "bonjour madame je veux un truc"),
        ("une aide a plouguerneau", "une aide a xxlieu"),
        ("une aide à Saint-Jean-du-Doigt", "une aide à xxlieu"),
        ("une aide à Brest", "une aide à Brest"),
        ("mon num est 06 39 98 00 01", "mon num est xxnumero"),
        ("le truc de\nla caf", "le truc de la caf"),
    ],
)
def test_what_names_somebody_is_a_token(text: str, masked: str) -> None:
    assert keepable(text, set()) == masked


def test_the_names_around_the_person_are_masked_wherever_they_stand() -> None:
    assert keepable("dites a goulven que je viens", {"Goulven"}) == "dites a xxnom que je viens"


@pytest.mark.parametrize("text", ["06 39 98 00 01", "???", "a", "je voudrais " * 20])
def test_too_little_or_too_much_is_not_kept(text: str) -> None:
    assert keepable(text, set()) is None


def test_tokens_leave_no_hole() -> None:
    assert without_tokens("une aide a xxlieu pour xxnom svp") == "une aide a pour svp"
