"""A conversation as a file that the person keeps: plain French, Paris time, all of it."""

from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.service import read
from api.conversations.showing import Reader, hidden_text
from api.conversations.tables import Author, Choice, Message
from api.texts.formats import clock_time, full_date

AUTHORS = {
    Author.person: "Vous",
    Author.assistant: "Hent (assistant automatique)",
    Author.caseworker: "Conseiller",
    Author.system: "Information",
}
TITLE = "Votre conversation avec Hent, l'assistant de l'insertion en Bretagne"
NAME = "conversation-hent.txt"
NOBODY = Reader()


async def transcript(
    session: AsyncSession, conversation_id: UUID, moment: datetime, first: int = 1, reader: Reader = NOBODY
) -> str:
    """Every message kept from `first` on, in order, as `reader` may read it: what was hidden for safety stays so."""
    head = f"{TITLE}\nEnregistrée le {_written(moment)}. Les heures sont celles de Paris."
    paragraphs = [
        _paragraph(message, choices, reader) async for message, choices in _pages(session, conversation_id, first - 1)
    ]
    return "\n\n".join([head, *paragraphs]) + "\n"


async def _pages(
    session: AsyncSession, conversation_id: UUID, after: int
) -> AsyncIterator[tuple[Message, list[Choice]]]:
    while page := await read(session, conversation_id, after):
        for row in page:
            yield row
        after = page[-1][0].seq


def _paragraph(message: Message, choices: list[Choice], reader: Reader) -> str:
    shown = reader.may_read(message)
    text = message.text if shown else hidden_text(message)
    lines = [f"{_written(message.created_at)}, {AUTHORS[message.author]} :", text]
    if choices and shown:
        lines.append(f"Réponses proposées : {' / '.join(choice.title for choice in choices)}")
    return "\n".join(lines)


def _written(moment: datetime) -> str:
    return f"{full_date(moment)} à {clock_time(moment)}"
