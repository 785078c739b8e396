"""Being called back, step by step: a number first, then a time; what is known of both is kept as soon as it is said."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.escalations import callbacks
from api.escalations.callbacks import Window
from api.escalations.service import Asked, ask_human, open_one, route_for
from api.escalations.tables import Escalation, Reason
from api.texts.schemas import Saying

OFFERING = ("callback_when", "callback_closed")
"""Texts that offer windows to choose from."""


def number(asked: Asked) -> str | None:
    """Where the person can be called: what they said, or write from, or what their file holds.

    A confidential file's number is called only when they give it themselves: who answers it is not known.
    """
    if asked.phone:
        return asked.phone
    return asked.person.phone if asked.person and not asked.person.confidential else None


async def call_back(
    session: AsyncSession, asked: Asked, wish: Window | None, chosen: Window | None, now: datetime
) -> list[Saying]:
    """The next question, or that it is agreed. `wish`: a time in the person's words; `chosen`: one that we offered."""
    asked = replace(asked, reason=Reason.callback)
    before = await open_one(session, asked)
    phone = number(asked) or (before.phone if before else None) or await _given(session, asked)
    if phone is None:
        return [Saying("callback_ask_number")]
    hours = (await route_for(session, asked, now)).hours
    span = chosen or wish
    window = callbacks.within(hours, span, now) if span else None
    promise = await ask_human(session, replace(asked, phone=phone, window=window), now)
    if window:
        agreed = {"from": window[0], "until": window[1], "ends": asked.phone[-2:] if asked.phone else ""}
        return [Saying("callback_done", {"phone": promise.route.phone, "call": agreed})]
    offered = callbacks.items(callbacks.windows(hours, now))
    closed = span is not None and bool(offered)
    return [Saying("callback_closed" if closed else "callback_when", promise.facts | {"windows": offered})]


async def _given(session: AsyncSession, asked: Asked) -> str | None:
    """The number that was given here for another request: nobody is asked twice."""
    here = select(Escalation.phone).where(
        Escalation.conversation_id == asked.conversation_id, Escalation.phone.is_not(None)
    )
    return await session.scalar(here.order_by(Escalation.created_at.desc()).limit(1)) if asked.conversation_id else None
