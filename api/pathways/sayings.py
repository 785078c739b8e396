"""From a situation to names and facts of `data/texts/pathway.yml`: each saying has the facts of its own kind only."""

from datetime import datetime

from api.appointments.outlook import Outlook
from api.appointments.sayings import verdict as visit_told
from api.pathways.delays import Delay, Term
from api.pathways.service import Situation
from api.pathways.state import Stage
from api.texts.schemas import Saying

VERDICTS = {
    Stage.unknown: "pathway_unknown",
    Stage.contract: "pathway_under_way",
    Stage.ended: "pathway_under_way",
}
TERMS = {Term.running: "contract_running", Term.ending: "contract_ending", Term.ended: "contract_ended"}
LINES = {
    Delay.orientation: "Attend son orientation depuis {days} jours, délai dépassé, aucun rendez-vous prévu.",
    Delay.contract: "Attend son contrat depuis {days} jours, délai dépassé, aucun rendez-vous prévu.",
}
"""What the caseworker reads of a request that nobody wrote."""


def verdict(found: Situation) -> list[Saying]:
    """Where the person is, and since when."""
    match found.state.stage:
        case Stage.waiting:
            return [_waiting(found)]
        case Stage.moved:
            return [Saying("pathway_moved", {"followed_by": found.authority}), _waiting(found)]
        case Stage.oriented | Stage.to_sign as stage:
            return [Saying("pathway_oriented", {"path": found.state.path, "told": stage is Stage.to_sign})]
        case Stage.closed:
            return [Saying("pathway_closed", {"since": found.state.since})]
        case stage:
            return [Saying(VERDICTS[stage], {"path": found.state.path})]


def waiting(found: Situation) -> list[Saying]:
    """How long the person has waited for their orientation; nothing for whoever does not wait for it."""
    return [_waiting(found)] if found.wait and found.wait.delay is Delay.orientation else []


def agreement(found: Situation) -> list[Saying]:
    """The contract that the person has, had, or is to sign; nothing before that."""
    if found.contract:
        held = found.contract
        return [Saying(TERMS[held.term], {"ends_on": held.ends_on, "days": held.days_left})]
    if found.wait and found.wait.delay is Delay.contract:
        return [Saying("contract_to_sign", {"due_on": found.wait.due_on, "overdue": found.wait.overdue})]
    return []


def coming(visits: Outlook, now: datetime) -> list[Saying]:
    """The next appointment, or that there is none."""
    return visit_told(visits, now) if visits.visit else [Saying("pathway_no_visit")]


def next_step(found: Situation) -> list[Saying]:
    """What was planned and is not done."""
    step = found.state.step
    return [Saying("pathway_step", {"title": step.title, "due_on": step.due_on})] if step else []


def leads_on(found: Situation, visits: Outlook, near: tuple[str, str] | None) -> list[Saying]:
    """What to do next, as buttons. `near`: INSEE code and name of where the person lives, if it may be told."""
    insee, town = near or ("", "")
    renews = bool(found.contract and found.contract.term is not Term.running)
    books = not visits.stands and found.state.stage is not Stage.closed
    facts = {"near": town, "insee": insee, "renews": renews, "books": books, "visit": visits.stands}
    return [Saying("pathway_leads_on", facts)]


def line(found: Situation) -> str:
    """Why somebody is asked for an appointment, for the caseworker. Only where a delay runs."""
    assert found.wait
    return LINES[found.wait.delay].format(days=found.wait.days)


def _waiting(found: Situation) -> Saying:
    assert found.wait
    wait = found.wait
    return Saying("pathway_waiting", {"days": wait.days, "due_on": wait.due_on, "overdue": wait.overdue})
