"""What is said of a situation: the verdict first, and each fact in a text of its own kind."""

from datetime import date, datetime
from typing import Any

import pytest

from api.appointments.outlook import NEXT, NONE, Outlook
from api.core.clock import PARIS
from api.pathways import sayings
from api.pathways.delays import Contract, Delay, Term, Wait
from api.pathways.service import Situation
from api.pathways.state import Stage, State, Step
from api.privacy.audience import Channel
from api.texts.library import entries
from api.texts.schemas import Saying
from api.texts.service import offered, speak
from tests.test_content import VOICE

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 25, 10, tzinfo=PARIS)
NOTHING, SOMETHING = Outlook(NONE), Outlook(NEXT)
LATE = Wait(Delay.orientation, date(2026, 10, 9), 47, DAY, overdue=True)
IN_TIME = Wait(Delay.orientation, date(2026, 11, 24), 1, date(2027, 1, 5), overdue=False)
TO_SIGN = Wait(Delay.contract, DAY, 5, date(2026, 12, 20), overdue=False)


def names(said: list[Saying]) -> list[str]:
    return [saying.name for saying in said]


def written(said: list[Saying]) -> str:
    return speak(said, Channel.web, VOICE).text


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Situation(State()), ["pathway_unknown"]),
        (Situation(State(Stage.waiting, DAY), LATE), ["pathway_waiting"]),
        (Situation(State(Stage.moved, DAY), LATE, authority="Morbihan"), ["pathway_moved", "pathway_waiting"]),
        (Situation(State(Stage.oriented, DAY, path="social")), ["pathway_oriented"]),
        (Situation(State(Stage.to_sign, DAY, path="professional"), TO_SIGN), ["pathway_oriented"]),
        (Situation(State(Stage.contract, DAY)), ["pathway_under_way"]),
        (Situation(State(Stage.ended, DAY)), ["pathway_under_way"]),
        (Situation(State(Stage.closed, DAY)), ["pathway_closed"]),
    ],
    ids=lambda value: value.state.stage.value if isinstance(value, Situation) else "",
)
def test_each_stage_has_its_words(found: Situation, said: list[str]) -> None:
    assert names(sayings.verdict(found)) == said
    assert written(sayings.verdict(found))


def test_whoever_waits_hears_for_how_long_and_what_the_delay_is() -> None:
    text = written(sayings.verdict(Situation(State(Stage.waiting, DAY), LATE)))

    assert "Vous attendez votre orientation depuis 47 jours." in text
    assert "Le délai est de 6 semaines : il est dépassé depuis le 20 novembre 2026." in text


def test_within_the_delay_nothing_is_called_late() -> None:
    text = written(sayings.verdict(Situation(State(Stage.waiting, DAY), IN_TIME)))

    assert "il court jusqu'au 5 janvier 2027" in text
    assert "dépassé" not in text


def test_a_move_out_of_the_partnership_names_no_service() -> None:
    said = sayings.verdict(Situation(State(Stage.moved, DAY), IN_TIME))

    assert "votre nouveau Département" in written(said)


@pytest.mark.parametrize(
    ("found", "said", "words"),
    [
        (Situation(State(), contract=Contract(Term.running, DAY, 200)), ["contract_running"], "20 novembre 2026"),
        (Situation(State(), contract=Contract(Term.ending, DAY, 20)), ["contract_ending"], "dans 20 jours"),
        (Situation(State(), contract=Contract(Term.ending, DAY, 1)), ["contract_ending"], "se termine demain"),
        (Situation(State(), contract=Contract(Term.ending, DAY, 0)), ["contract_ending"], "aujourd'hui"),
        (Situation(State(), contract=Contract(Term.ended, DAY, 0)), ["contract_ended"], "est terminé"),
        (Situation(State(), TO_SIGN), ["contract_to_sign"], "au plus tard le 20 décembre 2026"),
        (Situation(State(), LATE), [], ""),
        (Situation(State()), [], ""),
    ],
)
def test_the_contract_is_said_as_it_stands(found: Situation, said: list[str], words: str) -> None:
    assert names(sayings.agreement(found)) == said
    assert words in written(sayings.agreement(found))


@pytest.mark.parametrize(("due_on", "dated"), [(DAY, True), (None, False)])
def test_a_step_has_its_date_if_it_has_one(due_on: date | None, dated: bool) -> None:
    said = sayings.next_step(Situation(State(step=Step("atelier CV", due_on))))

    assert "Étape suivante : atelier CV." in written(said)
    assert ("Date prévue" in written(said)) is dated
    assert sayings.next_step(Situation(State())) == []


ENDING = Situation(State(Stage.contract), contract=Contract(Term.ending, DAY, 20))
RUNNING = Situation(State(Stage.contract), contract=Contract(Term.running, DAY, 200))
HUMAN = "Parler à un conseiller"


@pytest.mark.parametrize(
    ("rule", "found", "visits", "titles"),
    [
        ("nothing planned", RUNNING, NOTHING, ["Prendre rendez-vous", HUMAN]),
        ("an appointment to come", RUNNING, SOMETHING, ["Mon rendez-vous", HUMAN]),
        ("a contract to renew", ENDING, NOTHING, ["Renouveler mon contrat", HUMAN]),
        ("both", ENDING, SOMETHING, ["Mon rendez-vous", "Renouveler mon contrat", HUMAN]),
        ("closed: no appointment for it", Situation(State(Stage.closed)), NOTHING, [HUMAN]),
    ],
)
def test_every_answer_leads_on(rule: str, found: Situation, visits: Outlook, titles: list[str]) -> None:
    [said] = sayings.leads_on(found, visits, None)

    assert [button.title for button in offered(said, VOICE)] == titles, rule


def test_training_is_looked_for_around_a_home_that_may_be_named() -> None:
    [said] = sayings.leads_on(RUNNING, NOTHING, ("29103", "Landerneau"))

    button = offered(said, VOICE)[0]

    assert (button.title, button.intent) == ("Formations près de Landerneau", "search_training")
    assert button.entities == {"place": "29103"}


@pytest.mark.parametrize("wait", [LATE, TO_SIGN])
def test_the_caseworker_reads_why_and_since_when(wait: Wait) -> None:
    assert f"depuis {wait.days} jours" in sayings.line(Situation(State(), wait))


SECRETS = {"contract": {"ends_on"}, "stage": {"path", "since", "title"}}


@pytest.mark.parametrize(
    "said",
    [
        *sayings.agreement(ENDING),
        *sayings.agreement(Situation(State(), TO_SIGN)),
        *sayings.verdict(Situation(State(Stage.contract, DAY, path="social", ends_on=DAY))),
        *sayings.verdict(Situation(State(Stage.closed, DAY, path="social", ends_on=DAY))),
        *sayings.next_step(Situation(State(step=Step("atelier CV", DAY)))),
    ],
    ids=lambda said: said.name,
)
def test_a_saying_carries_no_fact_of_another_kind_than_the_one_it_tells(said: Any) -> None:
    told = entries()[said.name].tells
    others = set().union(*(facts for kind, facts in SECRETS.items() if kind != told))
    assert not others & said.facts.keys()
