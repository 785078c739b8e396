"""Who follows somebody, in names of texts: whom to call now, whoever is away."""

from datetime import date, datetime, timedelta

import pytest

from api.caseworkers import sayings
from api.caseworkers.reaching import Absence, Reach
from api.caseworkers.service import Contact, Following
from api.core.clock import PARIS
from api.pathways.state import State
from api.privacy.audience import Channel
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.service import speak
from tests.test_content import VOICE

TODAY = date(2026, 11, 25)
OPENS = datetime(2026, 11, 26, 9, tzinfo=PARIS)
WEEK = {"mon": [["09:00", "12:00"]], "thu": [["09:00", "12:00"]]}
NOLWENN = Contact("Nolwenn Kerdoncuff", "+33261910011", WEEK, Reach(False, OPENS))
RONAN = Contact("Ronan Pellennec", "+33261910012", WEEK, Reach(True, None))
TEAM = Contact("CDAS de Quimper", "+33261910010", WEEK, Reach(False, None))
NOBODY_SAYS_WHEN = Contact("PLIE", "+33261910019", {}, Reach(False, None))
AWAY, AWAY_FOR_LONG = Absence(TODAY, date(2026, 12, 5)), Absence(TODAY, None)


def names(said: list[Saying]) -> list[str]:
    return [saying.name for saying in said]


def told(found: Following, state: State | None = None) -> str:
    return speak(sayings.reaching(found, state or State(), TODAY), Channel.web, VOICE).text


@pytest.mark.parametrize(
    ("rule", "found", "said"),
    [
        ("there", Following(NOLWENN, team=TEAM), ["caseworker_is", "caseworker_hours"]),
        (
            "away, somebody stands in",
            Following(NOLWENN, AWAY, RONAN, TEAM),
            ["caseworker_is", "caseworker_absent", "caseworker_stand_in", "caseworker_hours"],
        ),
        (
            "away, nobody stands in",
            Following(NOLWENN, AWAY, None, TEAM),
            ["caseworker_is", "caseworker_absent", "caseworker_team", "caseworker_hours"],
        ),
        ("nobody yet, but a team", Following(team=TEAM), ["caseworker_none", "caseworker_team", "caseworker_hours"]),
        ("hours that nobody wrote", Following(team=NOBODY_SAYS_WHEN), ["caseworker_none", "caseworker_team"]),
        ("no team either", Following(), ["caseworker_none"]),
    ],
)
def test_there_is_always_somebody_to_call_or_it_is_said(rule: str, found: Following, said: list[str]) -> None:
    assert names(sayings.reaching(found, State(), TODAY)) == said, rule
    assert told(found)


def test_the_hours_are_those_of_whoever_answers_now() -> None:
    text = told(Following(NOLWENN, AWAY, RONAN, TEAM))

    assert "absente jusqu'au 5 décembre 2026" in text
    assert "Ronan Pellennec la remplace" in text
    assert "Vous pouvez appeler maintenant." in text


def test_somebody_who_does_not_answer_now_is_said_to_answer_next() -> None:
    assert "à partir du jeudi 26 novembre à 9 h" in told(Following(NOLWENN))


def test_an_absence_without_an_end_is_said_as_one() -> None:
    assert "Je ne connais pas la date de son retour." in told(Following(NOLWENN, AWAY_FOR_LONG, None, TEAM))


@pytest.mark.parametrize(
    ("days", "changed", "words"),
    [
        (12, True, "Votre référent a changé le 13 novembre 2026."),
        (12, False, "Cette personne vous suit depuis le 13 novembre 2026."),
        (60, True, "Votre référent a changé le 26 septembre 2026."),
        (61, True, None),
        (None, False, None),
    ],
)
def test_a_recent_change_is_said(days: int | None, changed: bool, words: str | None) -> None:
    since = None if days is None else TODAY - timedelta(days=days)
    found = sayings.reaching(Following(NOLWENN), State(followed_since=since, changed=changed), TODAY)

    assert ("caseworker_since" in names(found)) is (words is not None)
    assert (words or "") in told(Following(NOLWENN), State(followed_since=since, changed=changed))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Following(NOLWENN, team=TEAM), ["caseworker_is"]),
        (Following(NOLWENN, AWAY, RONAN, TEAM), ["caseworker_is", "caseworker_absent", "caseworker_stand_in"]),
        (Following(NOLWENN, AWAY), ["caseworker_is", "caseworker_absent"]),
        (Following(team=TEAM), ["caseworker_team"]),
        (Following(), []),
    ],
)
def test_in_passing_only_who_it_is_and_whom_to_call(found: Following, said: list[str]) -> None:
    assert names(sayings.who(found)) == said


def test_every_name_is_kept_from_whoever_may_hear_none() -> None:
    said = sayings.reaching(Following(NOLWENN, AWAY, RONAN, TEAM), State(followed_since=TODAY, changed=True), TODAY)

    assert {entries()[saying.name].tells for saying in said} == {"who"}
