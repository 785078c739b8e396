"""Finding a request by whom it is about, or by what was said: in French, without accents, whatever the ending."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from api.beneficiaries.tables import Beneficiary
from api.conversations.tables import Message
from api.core.columns import french, french_query
from api.core.folding import fold
from api.escalations.tables import Escalation


def matching(search: str, organisation_id: UUID) -> ColumnElement[bool]:
    """Every word stands in the name; or else in the line, or in one message of the conversation.

    Joined to Beneficiary; `organisation_id`: whose requests are looked through.
    """
    # Read apart, each from its own index: beside the rest, PostgreSQL would read every message of every request.
    asked = french_query(search)
    lines = select(Escalation.id).where(Escalation.organisation_id == organisation_id, french("line").op("@@")(asked))
    said = select(Message.conversation_id).where(french("text").op("@@")(asked))
    in_lines, in_talks = lines.cte("lines"), said.distinct().cte("said")
    return or_(
        _named(search),
        Escalation.id.in_(select(in_lines.c.id)),
        Escalation.conversation_id.in_(select(in_talks.c.conversation_id)),
    )


def _named(search: str) -> ColumnElement[bool]:
    names = (Beneficiary.folded_last_name, Beneficiary.folded_first_name)
    words = fold(search).split()
    return and_(*[or_(*[name.contains(word, autoescape=True) for name in names]) for word in words])
