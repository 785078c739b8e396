"""What Rasa is asked of a turn: its text, the intent that is named for it, and how what it hears is judged."""

from typing import Any

from api.conversations.bands import bands
from api.conversations.misunderstood import UNCLEAR
from api.conversations.opening import OpenTurn
from api.conversations.rasa import Question
from api.conversations.seams import pieces
from api.knowledge.narrower import intent_asked
from api.knowledge.plain import asks
from api.support.bare import names_only_a_need

VISITS = frozenset(
    {
        *("appointment_next", "appointment_today", "appointment_cancelled_by_you", "confirm_done", "undo_done"),
        *("cancel_which", "cancel_sure", "cancel_theirs", "cancel_kept", "cancel_done", "cancel_why"),
        *("move_which", "move_slots", "move_no_more", "move_no_slot", "move_done", "slots_not_then", "slot_gone"),
        *("book_already", "book_slots", "book_no_more", "book_done"),
    }
)
"""Texts after which "je garde 9h45" is of an appointment."""
TOLD_OF_VISITS: dict[str, dict[str, object]] = {
    "own_visits": {"name": "ask_next_appointment", "entities": {}},
    "old_visit": {"name": "reschedule_appointment", "entities": {}},
    "keep_visit": {"name": "cancel_appointment", "entities": {"answer": "no"}},
    "move_visit": {"name": "reschedule_appointment", "entities": {}},
}
"""Plain questions, and what Rasa is told of them."""
MOVING = "move_slots"
"""While another hour is looked for "remets l'ancien" leaves all as it is: one moved days before had come back."""
TOLD_ANYWHERE = ("own_visits",)
TOLD_AGAIN = ("own_visits", "old_visit", "move_visit")
"""After what we did not understand, somebody says it in other words: "je ne veux pas annuler, je veux le reporter"."""


def question_of(turn: OpenTurn, text: str) -> Question:
    """`text`: what the turn says, normalised."""
    return Question(
        conversation=turn.conversation_id,
        turn=turn.turn_id,
        fence=turn.fence,
        fresh=turn.fresh,
        text=text,
        intent=_intent(turn)
        or _erasing(turn)
        or _calling_off(turn)
        or _visiting(turn)
        or _needed(turn, text)
        or _leaning(turn),
        hearing=_hearing(turn),
        about=turn.about,
    )


def intent_name(turn: OpenTurn) -> str | None:
    """The intent that a button names; None for words."""
    return turn.payload.get("intent") if turn.payload else None


def _hearing(turn: OpenTurn) -> dict[str, Any]:
    return {
        "bars": bands().bars(),
        "expected": turn.question.expected,
        "pieces": [] if turn.payload else pieces(turn.masked),
        "only": turn.only,
    }


def _intent(turn: OpenTurn) -> dict[str, object] | None:
    if not turn.payload or "intent" not in turn.payload:
        return None
    # What was chosen of what we asked back, or is looked for near a place: its words still say which place or trade.
    reads = {"reads": True} if {"about", "reads"} & turn.payload.keys() else {}
    return {"name": turn.payload["intent"], "entities": turn.payload.get("entities", {}), **reads}


def _erasing(turn: OpenTurn) -> dict[str, object] | None:
    return {"name": "delete_data", "entities": {}} if not turn.payload and asks("erase", turn.text) else None


def _calling_off(turn: OpenTurn) -> dict[str, object] | None:
    off = not turn.payload and asks("no_callback", turn.text)
    return {"name": "request_callback", "entities": {"answer": "no"}} if off else None


def _visiting(turn: OpenTurn) -> dict[str, object] | None:
    """What is plainly wanted of one's own appointments; most of it only where we spoke of one."""
    if turn.payload:
        return None
    last = set(turn.question.says)
    if MOVING in last and "slots_not_then" not in last and asks("old_visit", turn.text):
        return TOLD_OF_VISITS["keep_visit"]
    may_be = tuple(TOLD_OF_VISITS) if last & VISITS else TOLD_AGAIN if last & UNCLEAR else TOLD_ANYWHERE
    if pieces(turn.masked):
        # "C'est quand mon rendez-vous et je touche combien" asks two things: Rasa hears both.
        may_be = tuple(one for one in may_be if one not in TOLD_ANYWHERE)
    return next((TOLD_OF_VISITS[one] for one in may_be if asks(one, turn.text)), None)


def _needed(turn: OpenTurn, text: str) -> dict[str, object] | None:
    """The search that a need alone asks for; after a question of ours, Rasa says what it answers."""
    alone = not (turn.payload or turn.question.expected) and names_only_a_need(text)
    return {"name": "search_support", "entities": {}, "reads": True} if alone else None


def _leaning(turn: OpenTurn) -> dict[str, object] | None:
    """The question that a few words ask after our last answer: "c'est loin ?" after an appointment."""
    intent = None if turn.payload else intent_asked(turn.masked, turn.question.says)
    return {"name": intent, "entities": {}} if intent else None
