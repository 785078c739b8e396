"""Help that only a caseworker can ask for: the caseworker is told who wants it, once the person said yes."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.escalations.service import Asked, ask_human
from api.support.tables import SupportService
from api.texts.schemas import Saying

NOT_ASKED = Saying("support_not_asked")


async def service_named(session: AsyncSession, written: str) -> SupportService | None:
    """The service of this id; None when it is gone, or is no id."""
    try:
        known = UUID(written)
    except ValueError:
        return None
    return await session.get(SupportService, known)


def confirm(service: SupportService) -> Saying:
    """The question before anything is asked of a caseworker."""
    return Saying("support_confirm_asking", {"service": service.name, "id": str(service.id)})


async def ask_caseworker(session: AsyncSession, service: SupportService, asked: Asked, now: datetime) -> list[Saying]:
    """Tell the caseworker; the same service asked for again is told by the date of the first time."""
    promise = await ask_human(session, replace(asked, line=f"{service.name} ({service.structure})"), now)
    return [Saying("support_asked", promise.facts | {"service": service.name})]
