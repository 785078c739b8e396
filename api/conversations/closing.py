"""A turn ends: the answer and everything that it changes, in one transaction, or nothing at all."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.appointments.reminding import answering
from api.conversations import identifying, leases, orders, proving, waiting
from api.conversations.composing import REFUSED, compose
from api.conversations.decision import Decision, Who
from api.conversations.erasing import ERASED, erase_if_said
from api.conversations.grouping import of_one_turn
from api.conversations.in_doubt import with_number
from api.conversations.learning.keeping import keep_unclear
from api.conversations.opening import OpenTurn, audience_of, speaker
from api.conversations.rasa_tables import RasaEvent
from api.conversations.service import DOTS, identify
from api.conversations.tables import Author, Message, MessageStatus, Mode, Turn, TurnKind, TurnStatus
from api.conversations.writing import Closing, limited, more, write
from api.core.clock import now
from api.core.database import notify
from api.core.sealing import Sealer
from api.desk import hearing
from api.escalations import urgency
from api.letters import keeping
from api.privacy.audience import Level
from api.texts.schemas import Saying
from api.texts.service import Verdict, judge
from api.texts.voice import Voices

AS_CONFIRMED = "confirm_appointment"
"""Whoever answers a question of ours may hear as much as whoever asks to confirm."""
WHOEVER_HAS_IT = frozenset({Who.urgent, Who.order, Who.ask})
"""Answered even while a caseworker has the conversation."""
COMPOSED = frozenset({Who.assistant, Who.urgent})
"""Whose answers were named beforehand, and may be more than one."""
SECRET = frozenset({Who.identity, Who.word})
"""What is typed then stays nowhere."""
UNDERSTOOD_OR_NOT = frozenset({Who.assistant, Who.nobody})
"""Whose answers are to free words: these may tell danger that was not heard."""
LEFT = frozenset({Who.human, Who.waiting})
"""Whose silence means that somebody else is to answer."""


class NotAnAnswer(Exception):
    """What the message seemed to answer is no question of ours: nothing was written, and it goes on as a question."""


async def close_turn(
    session: AsyncSession, sealer: Sealer, voices: Voices, turn: OpenTurn, decision: Decision
) -> TurnStatus:
    """Store the answer. Raises LeaseLost when another worker has the conversation by now, NotAnAnswer."""
    # Requests are locked before their conversation, by everybody.
    requests = await hearing.hold(session, turn.conversation_id)
    conversation = await leases.held(session, turn.conversation_id, turn.lease)
    mine = select(Turn, Message).join(Message, Message.id == Turn.message_id).where(Turn.id == turn.turn_id)
    row, message = (await session.execute(mine)).one()
    voice = await voices.of(session, turn.authority_code)
    messages = await of_one_turn(session, message) if turn.kind is TurnKind.first else [message]
    closing = Closing(session, sealer, voice, turn, conversation, row, messages)
    silent, hidden = conversation.last_seq, any(one.sealed for one in messages)
    status = await _answer(closing, decision)
    if status is TurnStatus.answered and decision.who is Who.assistant:
        await keep_unclear(closing, decision)
    await _finish(closing, decision, status)
    named = {said["say"] for one in decision.requests for said in one.says}
    if status is TurnStatus.answered and ERASED in named:
        await erase_if_said(session, conversation, message, turn.turn_id)
    if status is TurnStatus.answered and orders.STOPPED in named:
        # On a page it silences no number; what was to be said there is taken back all the same.
        await keeping.stop(session, conversation)
    # What was hidden may have come to light, whether or not anything is said to it.
    if hidden or conversation.last_seq > silent:
        await hearing.overhear(session, requests)
    if decision.order and status is TurnStatus.answered:
        await orders.tell_service(session, conversation, decision.order, now())
    if decision.intent.startswith(urgency.INTENTS):
        await urgency.alarm(session, conversation, await speaker(session, conversation), _told(closing), now())
    return status


async def _answer(closing: Closing, decision: Decision) -> TurnStatus:
    conversation, turn = closing.conversation, closing.turn
    taken_over = conversation.mode is Mode.caseworker or conversation.mode_version != turn.mode_version
    if decision.who is Who.human:
        return TurnStatus.silent
    if taken_over and decision.who not in WHOEVER_HAS_IT:
        return TurnStatus.dropped
    if decision.who is Who.waiting:
        return await _kept_waiting(closing)
    if decision.who is Who.limited:
        return await limited(closing)
    if decision.who is Who.more:
        return await more(closing)
    answers = await _answers(closing, decision)
    if decision.who in UNDERSTOOD_OR_NOT:
        answers = await with_number(closing, decision, answers)
    await write(closing, Author.assistant, *answers)
    if not any(answers):
        return TurnStatus.silent
    return TurnStatus.failed if decision.who is Who.nobody else TurnStatus.answered


async def _answers(closing: Closing, decision: Decision) -> list[list[Saying]]:
    """What is said, a message each: two for two requests on the web."""
    if decision.who not in COMPOSED:
        return [await _sayings(closing, decision)]
    composed = await compose(closing, decision)
    *others, last = composed.answers
    said = [saying for answer in composed.answers for saying in answer]
    closing.row.intent = composed.intent or decision.intent or None
    return [*others, last + await waiting.begin_after(closing.session, closing.conversation, said, now())]


async def _sayings(closing: Closing, decision: Decision) -> list[Saying]:
    """What is said, by us and at once; nothing, for an order that was confirmed before."""
    if decision.who is Who.identity:
        return await identifying.go_on(closing)
    if decision.who is Who.nobody:
        return [Saying("still_trouble")]
    if decision.who is Who.word:
        return await _named(closing)
    if decision.who is Who.ask:
        return await _reply_to_ask(closing)
    if decision.who is Who.stranger:
        await proving.forget(closing.session, closing.conversation, now())
        return [Saying("identity_left")]
    if decision.who is Who.language:
        return [Saying(said["say"]) for said in decision.says]
    assert decision.order, "nobody else speaks at once"
    return await orders.obey(closing.session, closing.conversation, decision.order, asked=bool(decision.says))


async def _reply_to_ask(closing: Closing) -> list[Saying]:
    """What an answer to a question that we sent brings about, once: it is done in the transaction that says it."""
    session, conversation = closing.session, closing.conversation
    sayings = await answering.answer(session, conversation, closing.turn.payload or {}, now())
    if sayings is None:
        raise NotAnAnswer
    audience = audience_of(conversation, await speaker(session, conversation))
    verdict, heard = judge(AS_CONFIRMED, sayings, audience, closing.voice)
    return heard if verdict is Verdict.said else [Saying(REFUSED)]


async def _named(closing: Closing) -> list[Saying]:
    """They are known from now on, and what was refused just before is answered without being asked again."""
    assert closing.turn.named_id, "the word named somebody"
    identify(closing.conversation, closing.turn.named_id, Level.link, now())
    before = select(Message).where(
        Message.conversation_id == closing.conversation.id, Message.seq < closing.message.seq
    )
    last = await closing.session.scalar(before.order_by(Message.seq.desc()).limit(1))
    if last and REFUSED in last.says:
        refused = select(Turn.message_id).where(Turn.id == last.turn_id, Turn.kind == TurnKind.first)
        closing.conversation.again_id = await closing.session.scalar(refused)
    return [Saying("identified")]


async def _kept_waiting(closing: Closing) -> TurnStatus:
    """What somebody who waits writes is for us, or kept for whoever they wait for."""
    turn = closing.turn
    answer = await waiting.answer(closing.session, closing.conversation, turn.text, turn.payload, now())
    await write(closing, Author.system, *await with_number(closing, Decision(Who.waiting), [answer.sayings]))
    return TurnStatus.silent if answer.kept else TurnStatus.answered


async def _finish(closing: Closing, decision: Decision, status: TurnStatus) -> None:
    conversation, turn = closing.conversation, closing.turn
    heard_by_rasa = decision.who is Who.assistant or decision.also
    if heard_by_rasa and status is TurnStatus.answered:
        last = select(func.max(RasaEvent.id)).where(RasaEvent.sender_id == str(conversation.id))
        conversation.rasa_cursor = await closing.session.scalar(last) or 0
        conversation.rasa_turns = 1 if turn.fresh else conversation.rasa_turns + 1
    closing.row.status, closing.row.finished_at = status, now()
    closing.row.intent = closing.row.intent or decision.intent or None
    closing.row.confidence = decision.confidence
    if turn.kind is TurnKind.again:
        conversation.again_id = None
    else:
        left = status is TurnStatus.silent and decision.who in LEFT
        conversation.answered_seq = closing.messages[-1].seq
        for message in closing.messages:
            message.status = MessageStatus.left_to_human if left else MessageStatus.answered
            message.text = DOTS if decision.who in SECRET and not message.payload else _kept(closing, message)
            message.sealed = None
    await notify(closing.session, f"out:{conversation.id}")


def _kept(closing: Closing, message: Message) -> str:
    """What stays of the person's words: a message that was sealed in vain, always alone, is shown again."""
    return closing.turn.text if message.sealed else message.text


def _told(closing: Closing) -> str:
    return " ".join(message.text for message in closing.messages)
