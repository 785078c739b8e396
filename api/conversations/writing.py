"""The answer of a turn that closes: what it changes is in hand, and what is said becomes one message."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Fund
from api.conversations.funds import paid_by
from api.conversations.loops import ENOUGH, Limit
from api.conversations.opening import OpenTurn
from api.conversations.speaking import say
from api.conversations.tables import Author, Conversation, Message, Turn, TurnStatus
from api.core.sealing import Sealer
from api.languages import spoken_in
from api.privacy.masking import MASK
from api.texts.library import Button, entries
from api.texts.numbering import MORE
from api.texts.schemas import Saying
from api.texts.service import Spoken, speak, speak_more
from api.texts.voice import Voice


@dataclass(frozen=True)
class Closing:
    """One turn being closed: the rows that change, locked, and the means to write the answer."""

    session: AsyncSession
    sealer: Sealer
    voice: Voice
    turn: OpenTurn
    conversation: Conversation
    row: Turn
    messages: list[Message]
    """What is answered, in order: several SMS that came together, or one."""

    @property
    def message(self) -> Message:
        """The first of them, by which the turn is known."""
        return self.messages[0]


async def write(closing: Closing, author: Author, *answers: list[Saying]) -> None:
    """Say each, if there is anything to say, as a message of its own; that numbers were hidden is said first."""
    hidden = [Saying("masked_notice")] if MASK in closing.turn.text else []
    first, *others = answers
    # A message is in one language: a page says which, and by SMS one letter of the other alphabet costs by all.
    apart = spoken_in(saying.name for saying in first) is not None
    for sayings in ([hidden, first] if apart else [[*hidden, *first]]) + others:
        if sayings:
            voice = await _voice(closing, sayings)
            await _say(closing, author, speak(sayings, closing.conversation.channel, voice))


async def more(closing: Closing) -> TurnStatus:
    """The next page of choices: they were decided with the first."""
    kept = (closing.turn.payload or {})[MORE.intent]
    choices = [Button(**one | {"words": tuple(one["words"])}) for one in kept]
    await _say(closing, Author.assistant, speak_more(choices, closing.voice))
    return TurnStatus.answered


async def limited(closing: Closing) -> TurnStatus:
    """One message says that there is no more today; then, and to a machine, nothing."""
    if closing.turn.limit is not Limit.day:
        return TurnStatus.silent
    await write(closing, Author.system, [Saying(ENOUGH)])
    return TurnStatus.answered


async def _voice(closing: Closing, sayings: Sequence[Saying]) -> Voice:
    """The authority's; who pays is looked for only when something to say depends on it."""
    depends = any(entries()[saying.name].at_msa for saying in sayings)
    farming = depends and await paid_by(closing.session, closing.conversation) is Fund.msa
    return replace(closing.voice, farming=True) if farming else closing.voice


async def _say(closing: Closing, author: Author, spoken: Spoken) -> None:
    asked, turn_id = closing.message.id, closing.turn.turn_id
    await say(closing.session, closing.conversation, author, spoken, answers=asked, turn_id=turn_id)
