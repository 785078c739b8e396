"""Notices: who reads them when, and which texts are refused."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.authorities import notices
from api.authorities.tables import NoticeKind
from api.core.clock import now
from api.core.errors import NotFound, Unreadable
from tests import factories

TEXT = "Nos bureaux sont fermés jeudi.\nUne urgence ? Appelez le 02 61 91 00 01."
HOUR = timedelta(hours=1)


async def shown(session: AsyncSession, code: str = "cd29", after: timedelta = timedelta()) -> list[str]:
    return [one.kind for one in await notices.standing(session, code, now() + after)]


@pytest.mark.parametrize(
    ("kind", "before"),
    [(NoticeKind.closure, True), (NoticeKind.strike, True), (NoticeKind.outage, False)],
)
async def test_a_notice_is_told_till_it_ends_and_days_before_when_that_is_known(
    session: AsyncSession, kind: NoticeKind, before: bool
) -> None:
    await factories.authority(session)
    starts = now() + 48 * HOUR
    await notices.add(session, "cd29", kind, TEXT, (starts, starts + HOUR))
    assert await shown(session, after=timedelta(days=-2)) == []
    assert await shown(session) == ([kind] if before else [])
    assert await shown(session, after=48.5 * HOUR) == [kind]
    assert await shown(session, "brest", after=48.5 * HOUR) == []
    assert await shown(session, after=49.5 * HOUR) == []


async def test_what_is_taken_back_is_told_no_more(session: AsyncSession) -> None:
    await factories.authority(session)
    added = await notices.add(session, "cd29", NoticeKind.outage, TEXT, (now() - HOUR, now() + HOUR))
    await notices.end(session, notices.short(added.id), now())
    assert await shown(session) == []
    with pytest.raises(NotFound):
        await notices.end(session, notices.short(added.id), now())


@pytest.mark.parametrize(
    ("text", "error"),
    [
        pytest.param("", "notice_length", id="nothing"),
        pytest.param("Fermé. " * 60 + "Appelez le 02 61 91 00 01.", "notice_length", id="a page"),
        pytest.param(f"Fermé {'et fermé ' * 9}jeudi, appelez le 3949.", "notice_sentence", id="a long sentence"),
        pytest.param("Nos bureaux sont fermés jeudi 24.", "notice_number", id="no number"),
        pytest.param("Fermé du 24 au 26. Rouvert en 2027.", "notice_number", id="dates are no number"),
    ],
)
def test_a_text_that_nobody_should_read_is_refused(text: str, error: str) -> None:
    with pytest.raises(Unreadable) as refused:
        notices.checked(text)
    assert refused.value.error == error


@pytest.mark.parametrize("number", ["02 61 91 00 01", "+33 2 61 91 00 01", "3949", "0261910001"])
def test_a_number_is_known_however_it_is_written(number: str) -> None:
    assert notices.checked(f" Panne en cours. Appelez le {number}. ") == f"Panne en cours. Appelez le {number}."


async def test_it_ends_after_it_begins_and_for_an_authority_that_there_is(session: AsyncSession) -> None:
    await factories.authority(session)
    begins = now()
    with pytest.raises(Unreadable):
        await notices.add(session, "cd29", NoticeKind.outage, TEXT, (begins, begins))
    with pytest.raises(NotFound):
        await notices.add(session, "cd99", NoticeKind.outage, TEXT, (begins, begins + HOUR))
