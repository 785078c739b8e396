"""Where a sentence's figures come from; and what is said of one that nobody has checked in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.core import clock
from api.knowledge import facts
from api.knowledge.facts import Fact, Stated
from api.privacy.audience import Channel
from api.texts.gsm import segments
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.tables import TextVersion
from api.texts.tracing import named, overdue, trace
from api.texts.voice import Voice

CARD = {"name": "Finistère", "phone": "+33261910029", "hours": "du lundi au vendredi"}
VOICE = Voice(CARD, "29")
CARE = "02 61 91 00 29"
DATED = [
    entry.name
    for entry in entries().values()
    if entry.language is None and entry.sms and named("".join(entry.forms().values()))
]
CHECKED_UNTIL = date(2026, 12, 15)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Set the day, at noon."""

    def set_day(day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: noon)

    return set_day


def invented(review_by: date, own: date | None = None, value: Any = 12) -> Fact:
    """A fact of our own, with another day for the Finistère if need be."""
    everywhere = Stated(value, "un décret", date(2025, 1, 1), review_by)
    there = {"29": (Stated(13, "le Département", date(2025, 1, 1), own),)} if own else {}
    return Fact("invented", "Délai inventé", "days", "facts.yml", (everywhere,), there)


def saying(monkeypatch: pytest.MonkeyPatch, fact: Fact, words: str) -> Voice:
    """A voice whose good morning is these words; each test its own, for templates are kept."""
    monkeypatch.setitem(facts.KINDS, "facts", lambda: {fact.name: fact})
    version = TextVersion(authority_code="cd29", name="greet", version=1, web=words, sms=words)
    return Voice(CARD, "29", {"greet": version})


def test_names_are_found_wherever_they_stand() -> None:
    source = (
        "{% if facts.activity_hours > 3 %}{{ numbers.caf | phone }}{% endif %}{{ authority.phone }} facts.appeal_months"
    )
    assert [fact.name for fact in named(source)] == ["activity_hours", "caf"]


def test_each_form_tells_the_facts_that_it_names() -> None:
    traced = trace(entries()["rsa_declaration"], "29", date(2026, 11, 25))
    assert [(one.form, one.fact.name) for one in traced] == [
        ("web", "declaration_every_months"),
        ("web", "declaration_prefilled_since"),
        ("web", "caf"),
        ("sms", "declaration_every_months"),
        ("sms", "caf"),
        ("simple", "declaration_every_months"),
        ("simple", "caf"),
        ("web (MSA)", "declaration_every_months"),
        ("web (MSA)", "declaration_prefilled_since"),
        ("web (MSA)", "msa"),
        ("sms (MSA)", "declaration_every_months"),
        ("sms (MSA)", "msa"),
        ("simple (MSA)", "declaration_every_months"),
        ("simple (MSA)", "msa"),
    ]
    assert {one.fact.file for one in traced} == {"facts/money.yml", "numbers.yml"}
    assert all(one.stated and one.stated.source for one in traced)


def test_a_text_without_a_figure_has_no_trace() -> None:
    assert trace(entries()["greet"], None, date(2026, 11, 25)) == []


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize(("day", "with_care"), [(date(2026, 12, 15), False), (date(2026, 12, 16), True)])
def test_an_overdue_fact_is_said_with_care(
    on: Callable[[date], None], monkeypatch: pytest.MonkeyPatch, channel: Channel, day: date, with_care: bool
) -> None:
    voice = saying(
        monkeypatch, invented(CHECKED_UNTIL), f"Sous {{{{ facts.invented }}}} jours, dit le {channel} le {day}."
    )
    on(day)
    lines = speak([Saying("greet")], channel, voice).text.splitlines()
    assert lines[0].startswith("Sous 12 jours")
    assert any(CARE in line for line in lines) is with_care


def test_it_is_said_once_and_last_however_many_sentences_need_it(
    on: Callable[[date], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = saying(monkeypatch, invented(CHECKED_UNTIL), "Sous {{ facts.invented }} jours.")
    on(date(2027, 1, 1))
    spoken = speak([Saying("greet"), Saying("greet"), Saying("thank")], Channel.web, voice)
    paragraphs = spoken.text.split("\n\n")
    assert [CARE in paragraph for paragraph in paragraphs] == [False, False, False, True]
    assert spoken.names == ("greet", "greet", "thank")
    assert spoken.buttons


def test_what_names_no_fact_is_said_as_ever(on: Callable[[date], None]) -> None:
    on(date(2060, 1, 1))
    assert CARE not in speak([Saying("thank")], Channel.web, VOICE).text


@pytest.mark.parametrize("farming", [False, True])
@pytest.mark.parametrize("shortly", [False, True])
@pytest.mark.parametrize("name", DATED)
def test_with_it_an_sms_still_takes_two_segments(
    on: Callable[[date], None], name: str, shortly: bool, farming: bool
) -> None:
    on(date(2060, 1, 1))
    voice = replace(VOICE, farming=farming)
    assert segments(speak([Saying(name, entries()[name].example, shortly)], Channel.sms, voice).text) <= 2


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("name", [entry.name for entry in entries().values() if named(entry.simple or "")])
def test_an_overdue_fact_is_said_with_care_in_simple_words_too(
    on: Callable[[date], None], name: str, channel: Channel
) -> None:
    for day, times in ((date(2026, 11, 26), 0), (date(2060, 1, 1), 1)):
        on(day)
        text = speak([Saying(name, entries()[name].example, shortly=True)], channel, VOICE).text
        care = [line for line in text.splitlines() if "vérifi" in line]
        assert len(care) == times
        assert all(CARE in line for line in care)


@pytest.mark.parametrize(
    ("day", "told", "with_care"),
    [
        (date(2026, 12, 15), True, False),
        (date(2026, 12, 16), True, True),
        (date(2027, 1, 1), False, False),
        (date(2027, 1, 15), False, False),
    ],
)
def test_the_limit_of_those_already_followed_is_left_out_once_it_is_over(
    on: Callable[[date], None], day: date, told: bool, with_care: bool
) -> None:
    on(day)
    text = speak([Saying("ask_contract", {"mine": False})], Channel.web, VOICE).text
    assert ("Il remplace votre ancien contrat avant le 1" in text) is told
    assert ("a besoin d'être vérifiée" in text) is with_care


@pytest.mark.parametrize("name", ["emergency_distress", "emergency_violence", "emergency_food"])
def test_in_danger_no_number_is_doubted(on: Callable[[date], None], name: str) -> None:
    texts = []
    for day in (date(2026, 12, 1), date(2060, 1, 1)):
        on(day)
        texts.append(speak([Saying(name)], Channel.sms, VOICE).text)
    assert texts[0] == texts[1]


def test_a_number_to_call_is_doubted_too(on: Callable[[date], None]) -> None:
    on(date(2060, 1, 1))
    assert CARE in speak([Saying("self_employed")], Channel.web, VOICE).text.splitlines()[-1]


def test_the_day_of_the_departement_counts_where_it_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    fact = invented(date(2026, 1, 1), own=date(2027, 1, 1))
    monkeypatch.setitem(facts.KINDS, "facts", lambda: {fact.name: fact})
    source = "{{ facts.invented }} jours ici"
    assert not overdue(source, "29", date(2026, 6, 1))
    assert overdue(source, "35", date(2026, 6, 1))


def test_where_nothing_is_known_nothing_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    fact = invented(date(2026, 1, 1), value=None)
    monkeypatch.setitem(facts.KINDS, "facts", lambda: {fact.name: fact})
    assert not overdue("{% if facts.invented is not none %}{{ facts.invented }}{% endif %}", None, date(2026, 6, 1))


def test_each_departement_has_its_scale_and_only_what_was_voted_is_told() -> None:
    told = {number: speak([Saying("rsa_suspended")], Channel.web, Voice(CARD, number)).text for number in ("22", "29")}
    assert "Chaque Département a son barème : dans le vôtre, 30 % la première fois." in told["22"]
    assert "Chaque Département a son barème.\n" in told["29"]
    assert all("Seul le Département décide." in text for text in told.values())
