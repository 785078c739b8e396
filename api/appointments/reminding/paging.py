"""Many candidates, a hundred at a time: whoever looks for a few of them does not hold the others."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

PAGE = 100


async def pages[Row](
    session: AsyncSession, rows: Select[Row], key: InstrumentedAttribute[Any]
) -> AsyncIterator[Sequence[Row]]:
    """The rows of a query of one thing, in order of `key`, which is that thing or its id; each page by a query."""
    ordered, last = rows.order_by(key).limit(PAGE), None
    while True:
        page = (await session.scalars(ordered.where(key > last) if last else ordered)).all()
        if page:
            yield page
        if len(page) < PAGE:
            return
        last = getattr(page[-1], key.key, page[-1])
