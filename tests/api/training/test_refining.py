"""What refines a search is heard in people's words, changes nothing else, and is never taken for a subject."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.documents import read_yaml
from api.core.normaliser import normalise
from api.core.normaliser.sound import sound
from api.training.refining import MEANS, Refinement, When, dropping, refinement
from api.training.starting import FILE, MONTHS
from api.training.trades import trades
from api.training.wish import Wish
from api.training.wording import subject

TODAY = date(2026, 11, 25)
LATER = date(2027, 2, 2)
PHRASES = [(kind, phrase) for kind in MEANS for phrase in read_yaml(FILE)[kind]]
SAID = [phrase for _, phrase in PHRASES] + [f"en {month}" for month in MONTHS] + ["a partir du 15/03", "dans 2 mois"]


def read(text: str) -> Refinement:
    return refinement(normalise(text), TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plus tard", Refinement(When.later)),
        ("c'est trop tôt", Refinement(When.later)),
        ("peu importe la date", Refinement(When.any)),
        ("le plus tôt possible", Refinement(When.any)),
        ("sans diplôme", Refinement(no_diploma=True)),
        ("g pa le bac", Refinement(no_diploma=True)),
        ("j'ai arrêté l'école à 16 ans", Refinement(no_diploma=True)),
        ("avec ou sans diplôme", Refinement(no_diploma=False)),
        ("à distance", Refinement(remote=True)),
        ("a distense", Refinement(remote=True)),
        ("en ligne, de ché moi", Refinement(remote=True)),
        ("en présentiel", Refinement(remote=False)),
        ("pas à distance", Refinement(remote=False)),
        ("plutôt à Quimper", Refinement()),
        ("pas loin de chez moi", Refinement()),
        ("aide à la maison", Refinement()),
        ("la vente en ligne", Refinement()),
        ("conducteur de ligne", Refinement()),
        ("au plus tard en mars", Refinement()),
        ("plus tard, en mars par exemple", Refinement(date(2027, 3, 1))),
        ("à distance et sans diplôme à partir de mars", Refinement(date(2027, 3, 1), no_diploma=True, remote=True)),
        ("en ligne, non plutôt en présentiel", Refinement(remote=False)),
        ("", Refinement()),
    ],
)
def test_what_is_said_is_heard(text: str, said: Refinement) -> None:
    assert read(text) == said
    assert bool(said) is (said != Refinement())


@pytest.mark.parametrize(("kind", "phrase"), PHRASES)
def test_every_phrase_is_written_as_the_normaliser_writes_it_and_says_its_kind(kind: str, phrase: str) -> None:
    assert normalise(phrase) == phrase
    assert refinement(phrase, TODAY) == Refinement(**MEANS[kind])


def test_no_two_kinds_sound_alike() -> None:
    heard: dict[tuple[str, ...], set[str]] = {}
    for kind, phrase in PHRASES:
        heard.setdefault(tuple(map(sound, phrase.split())), set()).add(kind)

    assert [kinds for kinds in heard.values() if len(kinds) > 1] == []


@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=3))
def test_no_word_that_refines_is_a_subject(said: list[str]) -> None:
    text = "je cherche une formation " + " et ".join(said)

    assert subject(text, refinement(text, TODAY).spans) is None


@pytest.mark.parametrize("trade", trades().values(), ids=lambda trade: trade.code)
def test_no_name_of_a_trade_refines_anything(trade: object) -> None:
    names = [normalise(name) for name in trade.names]  # type: ignore[attr-defined]

    assert [name for name in names if refinement(f"formation {name} a brest", TODAY)] == []


@given(st.sampled_from(SAID), st.sampled_from(SAID), st.booleans(), st.booleans())
def test_a_refinement_read_twice_is_the_same(first: str, then: str, no_diploma: bool, remote: bool) -> None:
    wish = Wish("soudure", begins_after=date(2027, 1, 5), no_diploma=no_diploma, remote=remote)
    said = refinement(f"{first} {then}", TODAY)
    once = wish.refined(said, LATER, TODAY)

    assert once.refined(said, LATER, TODAY) == once
    assert (once.trade, once.words, once.insee) == (wish.trade, wish.words, wish.insee)


@given(st.text(max_size=60))
def test_any_text_can_be_read_and_its_words_stay_inside(text: str) -> None:
    normal = normalise(text)

    assert all(0 <= start < end <= len(normal) for start, end in refinement(normal, TODAY).spans)


def test_a_button_takes_back_what_it_names_and_nothing_else() -> None:
    wish = Wish("soudure", begins_after=LATER, no_diploma=True, remote=True)

    assert wish.refined(dropping("date"), TODAY, TODAY).refined_by == ["diploma", "remote"]
    assert wish.refined(dropping("diploma"), TODAY, TODAY).refined_by == ["date", "remote"]
    assert wish.refined(dropping("remote"), TODAY, TODAY).refined_by == ["date", "diploma"]
    assert wish.refined(dropping("all"), TODAY, TODAY) == Wish("soudure")
    assert wish.refined(dropping("another"), TODAY, TODAY) == wish


def test_a_day_that_has_come_holds_nothing_back() -> None:
    assert Wish().refined(Refinement(TODAY), LATER, TODAY).begins_after is None
    assert Wish(begins_after=TODAY).refined(Refinement(), LATER, TODAY).begins_after is None
