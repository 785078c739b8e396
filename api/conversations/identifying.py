"""An identity check within a turn: begun by a question that needs it, and gone on with by what is typed then."""

from collections.abc import Collection

from api.conversations import outbox
from api.conversations.service import identify
from api.conversations.writing import Closing
from api.core.clock import now
from api.identity import service as identity
from api.identity.reading import read_phone
from api.identity.tables import IdentityCheck, Step
from api.texts.schemas import Saying

NEW_NUMBER = frozenset({"change_contact", "request_callback"})
"""Requests whose message names a number that the service may not know yet."""


async def begin(closing: Closing, intents: Collection[str]) -> list[Saying]:
    """Ask who is speaking. A number that stands in the question itself ("c kan mon rdv, 06…") is not asked again.

    `intents`: of all that the message asks.
    """
    asked = await identity.begin(closing.session, closing.conversation.id, closing.message.id, now())
    check = await identity.open_check(closing.session, closing.conversation.id, now())
    told = read_phone(closing.turn.text)
    if check is None or check.step is not Step.number or told is None or NEW_NUMBER & {*intents}:
        return asked
    outcome = await _steps(closing, check).take(closing.turn.text)
    return [Saying("number_taken", {"phone_end": told[-2:]}), *outcome.sayings]


async def go_on(closing: Closing) -> list[Saying]:
    """What a message does to the check in progress; whoever it names is known from now on."""
    check = await identity.open_check(closing.session, closing.conversation.id, now())
    if check is None:
        return await identity.begin(closing.session, closing.conversation.id, closing.message.id, now())
    if closing.message.payload:
        return identity.correct_number(check)
    outcome = await _steps(closing, check).take(closing.turn.text)
    if outcome.beneficiary_id:
        identify(closing.conversation, outcome.beneficiary_id, outcome.level, now())
        closing.conversation.again_id = check.question_id
    return outcome.sayings


def _steps(closing: Closing, check: IdentityCheck) -> identity.Steps:
    send = outbox.code_sender(closing.session, closing.sealer, closing.voice, closing.turn.turn_id)
    return identity.Steps(closing.session, closing.sealer, check, closing.conversation.address_digest, now(), send)
