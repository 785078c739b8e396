"""The link of an SMS that says that an answer waits: it opens the human part of a web conversation elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.service import TOKEN, by_token
from api.conversations.tables import Conversation, ReturnLink
from api.core.errors import NotAllowed, NotFound
from api.core.sealing import Sealer, new_token

PURPOSE = "return link"
LASTS = timedelta(days=3)
"""Over a week-end; what is found later on a telephone opens nothing."""
OVER = "Ce lien n'est plus valable. Écrivez-nous ici, ou appelez le service."


@dataclass(frozen=True)
class Opened:
    """A conversation, and how much of it whoever shows this token may read."""

    conversation: Conversation
    first: int = 1
    """The first message that is theirs to read."""
    since: datetime | None = None
    """When the link was opened: whoever identified before did it elsewhere. None: the browser where it began."""


async def make(session: AsyncSession, sealer: Sealer, conversation_id: UUID, first: int, moment: datetime) -> str:
    """A new link's secret, to be sent once. `first`: the seq of the first message that it shows."""
    token = new_token()
    digest = sealer.digest(PURPOSE, token)
    row = ReturnLink(conversation_id=conversation_id, token_digest=digest, first_seq=first, expires_at=moment + LASTS)
    session.add(row)
    await session.flush()
    return token


async def redeem(session: AsyncSession, sealer: Sealer, token: str, moment: datetime) -> tuple[UUID, str, int]:
    """The conversation, a token that opens it from now on, and the first seq that it shows; the link is used up.

    Raises NotFound in the same words, whatever was wrong with it.
    """
    bearer = new_token()
    good = update(ReturnLink).where(
        ReturnLink.token_digest == sealer.digest(PURPOSE, token),
        ReturnLink.used_at.is_(None),
        ReturnLink.expires_at > moment,
    )
    used = good.values(used_at=moment, session_digest=sealer.digest(TOKEN, bearer))
    found = (await session.execute(used.returning(ReturnLink.conversation_id, ReturnLink.first_seq))).one_or_none()
    if found is None:
        raise NotFound(OVER, error="link_unknown")
    return found[0], bearer, found[1]


async def close_those_of(session: AsyncSession, phone: str) -> None:
    """What was sent to this telephone opens nothing any more, nor does what was opened by it go on."""
    told = select(Conversation.id).where(Conversation.nudge_phone == phone)
    await session.execute(delete(ReturnLink).where(ReturnLink.conversation_id.in_(told)))


async def opened_by(session: AsyncSession, sealer: Sealer, token: str) -> Opened:
    """What this token opens, the browser's own or that of a link. Raises NotAllowed."""
    try:
        return Opened(await by_token(session, sealer, token))
    except NotAllowed:
        links = select(Conversation, ReturnLink.first_seq, ReturnLink.used_at).join(ReturnLink)
        mine = links.where(ReturnLink.session_digest == sealer.digest(TOKEN, token))
        found = (await session.execute(mine)).one_or_none()
        if found is None:
            raise
        return Opened(*found)
