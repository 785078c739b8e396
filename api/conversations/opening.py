"""A turn begins: the next message that waits, everything needed to answer it, and Rasa's memory put back in order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.names import names_around
from api.beneficiaries.service import owner_of_number
from api.beneficiaries.tables import Beneficiary
from api.conversations import leases
from api.conversations.foreign import Foreign, foreign
from api.conversations.grouping import first_group, of_one_turn, settled_at, waiting_rows
from api.conversations.loops import Limit, limit_of
from api.conversations.questions import OpenQuestion
from api.conversations.rasa_tables import RasaEvent, RasaFence
from api.conversations.silence import silenced
from api.conversations.sms_tables import Silence
from api.conversations.tables import Conversation, Message, Mode, Turn, TurnKind, TurnStatus
from api.conversations.typed import read_rows
from api.core.clock import now
from api.core.folding import words
from api.core.sealing import Sealer
from api.identity.service import named_by_word, open_check
from api.identity.tables import Step
from api.privacy.audience import Audience, Channel, Level
from api.privacy.masking import mask_for_rasa

TURNS_A_SESSION = 20
"""A Rasa session is read again at each turn; past twenty turns a new one keeps the hundredth as fast as the first."""


@dataclass(frozen=True)
class OpenTurn:
    """One message to answer, or several that came together, as it stood when the turn began; read without a
    transaction."""

    conversation_id: UUID
    lease: UUID
    turn_id: UUID
    kind: TurnKind
    message_id: UUID
    """The first of them."""
    attempts: int
    fence: int
    fresh: bool
    text: str
    """What the person wrote, unsealed; a line for each message."""
    masked: str
    """The same without anything that says who they are."""
    payload: dict[str, Any] | None
    """What the person chose, by pressing a button or by typing what it stands for."""
    pressed: bool
    """Whether a button was pressed: what is typed may be urgent, whatever it answers."""
    mode: Mode
    mode_version: int
    """Changed since: a caseworker took over meanwhile, even if they have handed back by now."""
    check_step: Step | None
    person_id: UUID | None
    """Whom the facts of this turn are about."""
    audience: Audience
    authority_code: str
    since: datetime
    """When the first of them came."""
    limit: Limit | None = None
    """Why it gets no answer."""
    named_id: UUID | None = None
    """By SMS: who says by their agreed word who they are."""
    question: OpenQuestion = OpenQuestion()
    """What was open when it was written."""
    about: UUID | None = None
    """The earlier message whose words are answered, if they are not its own."""
    only: str | None = None
    """When it is answered once more: the intent that could not be answered the first time."""
    foreign: Foreign | None = None
    """The other language that it is in, if it is in one that we know."""


async def open_turn(session: AsyncSession, sealer: Sealer, conversation_id: UUID, lease: UUID) -> OpenTurn | None:
    """The next turn of a leased conversation; None, and the lease given back, when nothing waits.

    Raises LeaseLost.
    """
    # What changes is written once, at the end: no question here is about a row that this turn touched.
    with session.no_autoflush:
        return await _opened(session, sealer, conversation_id, lease)


async def _opened(session: AsyncSession, sealer: Sealer, conversation_id: UUID, lease: UUID) -> OpenTurn | None:
    conversation = await leases.held(session, conversation_id, lease)
    begun = await _begin(session, conversation)
    if begun is None:
        return None
    rows, turn = begun
    check = await open_check(session, conversation_id, now())
    read = await read_rows(session, sealer, rows, checked=check is not None)
    person = await speaker(session, conversation)
    limit = None if read.payload else await _limit(session, conversation, rows)
    return OpenTurn(
        conversation_id=conversation_id,
        lease=lease,
        turn_id=turn.id,
        kind=turn.kind,
        message_id=rows[0].id,
        attempts=turn.attempts,
        fence=conversation.fence,
        fresh=conversation.rasa_turns >= TURNS_A_SESSION,
        text=read.text,
        masked=await _masked(session, person, read.text),
        payload=read.payload,
        pressed=read.pressed,
        about=read.about,
        question=read.question,
        only=await _unanswered(session, turn),
        foreign=await foreign(session, rows[0], read.text),
        mode=conversation.mode,
        mode_version=conversation.mode_version,
        check_step=check.step if check else None,
        person_id=person.id if person else None,
        audience=audience_of(conversation, person),
        authority_code=person.authority_code if person else conversation.authority_code,
        since=rows[0].created_at,
        limit=limit,
        named_id=None if read.payload or limit else await _named(session, sealer, conversation, read.text),
    )


async def speaker(session: AsyncSession, conversation: Conversation) -> Beneficiary | None:
    """The person that this conversation speaks with, at the level that it has earned."""
    if conversation.beneficiary_id:
        return await session.get(Beneficiary, conversation.beneficiary_id)
    if conversation.channel is Channel.sms and conversation.phone:
        if await silenced(session, conversation.phone) is Silence.wrong_number:
            # Whoever has it said that they are somebody else: it is nobody's until the file was checked.
            return None
        return await owner_of_number(session, conversation.phone)
    return None


def audience_of(conversation: Conversation, person: Beneficiary | None) -> Audience:
    """What this conversation has earned."""
    level = conversation.level
    if level is Level.nobody and person and conversation.channel is Channel.sms:
        level = Level.number
    return Audience(conversation.channel, level, bool(person and person.confidential))


async def rest(session: AsyncSession, conversation_id: UUID) -> bool:
    """In the transaction that closed a turn: give the conversation back if nothing waits in it, and say so."""
    conversation = await session.get_one(Conversation, conversation_id)
    with session.no_autoflush:
        # `answered_seq` is looked past, and that is known without writing it first.
        if await _next(session, conversation):
            return False
    leases.release(conversation)
    return True


async def _begin(session: AsyncSession, conversation: Conversation) -> tuple[list[Message], Turn] | None:
    found = await _next(session, conversation)
    if found is None:
        leases.release(conversation)
        return None
    leases.renew(conversation)
    turn = await _attempt(session, conversation, *found)
    await _put_rasa_back(session, conversation)
    return found[0], turn


async def _masked(session: AsyncSession, person: Beneficiary | None, text: str) -> str:
    return mask_for_rasa(text, await names_around(session, person.id if person else None, words(text)))


async def _limit(session: AsyncSession, conversation: Conversation, rows: list[Message]) -> Limit | None:
    return await limit_of(session, conversation, rows) if conversation.channel is Channel.sms else None


async def _named(session: AsyncSession, sealer: Sealer, conversation: Conversation, text: str) -> UUID | None:
    """A guess costs an answer of the day, and there are forty; nothing opens on a stranger's telephone."""
    if not conversation.phone or await silenced(session, conversation.phone) is Silence.wrong_number:
        return None
    return await named_by_word(session, sealer, conversation.phone, text)


async def _next(session: AsyncSession, conversation: Conversation) -> tuple[list[Message], TurnKind] | None:
    """What is to be answered now. None: nothing, or nothing yet, and then `waiting_since` says when to look again."""
    if conversation.again_id:
        again = await session.get(Message, conversation.again_id)
        if again:
            return await of_one_turn(session, again), TurnKind.again
    rows = await waiting_rows(session, conversation)
    if not rows:
        conversation.waiting_since = None
        return None
    group = first_group(rows, conversation.channel)
    settled = settled_at(group, rows[len(group) :], conversation.channel)
    if settled > group[0].created_at and await _is_to_come(session, settled):
        conversation.waiting_since = settled
        return None
    return group, TurnKind.first


async def _is_to_come(session: AsyncSession, moment: datetime) -> bool:
    """By the clock of PostgreSQL, which dated the rows and hands them out.

    A worker whose own was slow would be given them again and again, and the person would wait as long.
    """
    return bool(await session.scalar(select(literal(moment, DateTime(timezone=True)) > func.now())))


async def _unanswered(session: AsyncSession, turn: Turn) -> str | None:
    if turn.kind is TurnKind.first:
        return None
    first = select(Turn.intent).where(Turn.message_id == turn.message_id, Turn.kind == TurnKind.first)
    found: str | None = await session.scalar(first)
    return found


async def _attempt(session: AsyncSession, conversation: Conversation, rows: list[Message], kind: TurnKind) -> Turn:
    first = insert(Turn).values(conversation_id=conversation.id, message_id=rows[0].id, kind=kind, attempts=1)
    again = first.on_conflict_do_update(
        index_elements=[Turn.message_id, Turn.kind],
        set_={Turn.attempts: Turn.attempts + 1, Turn.status: TurnStatus.open},
    )
    attempt = again.returning(Turn).execution_options(populate_existing=True)
    turn = (await session.scalars(attempt)).one()
    if kind is TurnKind.first:
        # A second attempt has the same rows, whatever has come since.
        for row in rows:
            row.turn_id = turn.id
    return turn


async def _put_rasa_back(session: AsyncSession, conversation: Conversation) -> None:
    """Delete what an unfinished attempt left in Rasa's tables, and shut out whatever it may still want to write."""
    conversation.fence += 1
    sender = str(conversation.id)
    # In two statements: the second must see what Rasa wrote while the first waited for its lock.
    fence = insert(RasaFence).values(sender_id=sender, fence=conversation.fence)
    await session.execute(fence.on_conflict_do_update(index_elements=["sender_id"], set_={"fence": conversation.fence}))
    late = delete(RasaEvent).where(RasaEvent.sender_id == sender, RasaEvent.id > conversation.rasa_cursor)
    await session.execute(late)
