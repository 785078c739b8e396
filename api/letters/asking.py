"""The next question about a letter's last day, from what was read of it; nothing is kept before a yes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from api.core.day_answers import as_day
from api.core.deadlines import Deadline, Doubt, Term, day_it_came, read_deadline
from api.texts.schemas import Saying

ASK, AGAIN, RECEIVED, WHICH = "letter_ask_day", "letter_ask_again", "letter_ask_received", "letter_which_day"
RIGHT, REMIND, OFFER = "letter_day", "letter_remind", "letter_offer"
PASSED, UNKNOWN = "letter_passed", "letter_no_day"
QUESTIONS = (ASK, AGAIN, RECEIVED, WHICH, RIGHT, REMIND, OFFER, PASSED, UNKNOWN)
TO_SOMEBODY = (OFFER, PASSED, UNKNOWN)
"""Those whose yes tells the service."""
AT_ONCE = timedelta(days=1)
"""Until tomorrow: somebody must look at it now, and a reminder would come too late."""
MOST = 3
"""Days to choose from, beside whoever has another one."""


def read_answer(text: str, asked: str, facts: Mapping[str, Any], today: date) -> Deadline | None:
    """The last day in an answer to one of our questions; `facts`: those of the question, where it counts a term."""
    text = as_day(text)
    if asked == RECEIVED and (came := day_it_came(text, today)):
        return term_of(facts).ends(came, today)
    return read_deadline(text, today)


def term_of(facts: Mapping[str, Any]) -> Term:
    """The term whose beginning a question asks for."""
    return Term(int(facts["many"]), str(facts["unit"]))


def question(found: Deadline | None, today: date, turn_id: UUID) -> Saying | None:
    """What to ask about what was read; None when nothing was.

    `turn_id` names the question, so that a yes is to the day that stood above it, whatever was asked since.
    """
    if found is None:
        return None
    match found.doubt:
        case Doubt.passed:
            return Saying(PASSED, {"deadline": found.day})
        case Doubt.several:
            return Saying(WHICH, {"days": list(found.days[:MOST])})
        case Doubt.when_received if found.term:
            return Saying(RECEIVED, {"many": found.term.many, "unit": found.term.unit})
    if found.day <= today + AT_ONCE:
        return Saying(OFFER, {"deadline": found.day})
    return Saying(RIGHT, {"deadline": found.day, "ask": str(turn_id)})
