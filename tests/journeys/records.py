"""What the house has kept, read straight from its database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import NullPool, Row, create_engine, text

from tests.stack import Stack, until


@dataclass(frozen=True)
class Records:
    """Reads only; a new connection each time, for PostgreSQL may have died since the last."""

    stack: Stack

    def all(self, query: str, **given: Any) -> Sequence[Row[Any]]:
        """The rows of a query."""
        with create_engine(self.stack.database_url, poolclass=NullPool).connect() as connection:
            return connection.execute(text(query), given).all()

    def last_seq(self, conversation: UUID) -> int:
        """How many messages it has."""
        return int(self.all("SELECT last_seq FROM conversations WHERE id = :id", id=conversation)[0][0])

    def settle(self, *conversations: UUID, within: float = 60.0) -> None:
        """Wait until nothing waits in these conversations and nobody works on them."""
        busy = "SELECT 1 FROM conversations WHERE id = ANY(:ids) AND (waiting_since IS NOT NULL OR lease IS NOT NULL)"
        until(lambda: not self.all(busy, ids=list(conversations)), within)

    def said(self, conversation: UUID, after: int) -> list[str]:
        """Names of the texts that were said past `after`, in order."""
        query = "SELECT says FROM messages WHERE conversation_id = :id AND seq > :after ORDER BY seq"
        return [name for (says,) in self.all(query, id=conversation, after=after) for name in says]

    def understood(self, conversation: UUID, after: int) -> str | None:
        """The intent of the first message past `after`; None when its own answer erased it."""
        query = """SELECT intent FROM turns JOIN messages ON messages.id = turns.message_id AND kind = 'first'
            WHERE messages.conversation_id = :id AND seq > :after ORDER BY seq LIMIT 1"""
        found = self.all(query, id=conversation, after=after)
        return str(found[0][0]) if found else None

    def failed(self, *conversations: UUID) -> int:
        """How many of their messages got the honest sentence instead of an answer."""
        query = "SELECT count(*) FROM turns WHERE status = 'failed' AND conversation_id = ANY(:ids)"
        return int(self.all(query, ids=list(conversations))[0][0])

    def by_number(self, phone: str) -> UUID | None:
        """The SMS conversation of a telephone number in E.164."""
        found = self.all("SELECT id FROM conversations WHERE phone = :phone", phone=phone)
        return found[0][0] if found else None

    def known_number(self, phone: str) -> UUID:
        """The SMS conversation of a number that has written."""
        found = self.by_number(phone)
        assert found is not None, "what was written began a conversation"
        return found
