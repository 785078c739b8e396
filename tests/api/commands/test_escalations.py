"""The list of those who wait says who, why, by when and where to call; closing takes one off it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.commands.escalations import Line
from api.core.clock import PARIS
from api.desk.labels import KINDS, REASONS
from api.escalations.service import Asked, ask_human
from api.escalations.tables import Kind, Reason
from api.privacy.audience import Channel
from tests import factories

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=PARIS)


def test_every_reason_and_kind_has_its_words() -> None:
    assert set(REASONS) == set(Reason)
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize("known", [True, False])
async def test_a_line_says_what_somebody_needs_to_call(session: AsyncSession, known: bool) -> None:
    person = await factories.person(session) if known else None
    window = (NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2))
    asked = Asked(
        Reason.callback, "mon RSA\nn'est pas arrivé", (await factories.authority(session)).code, Channel.web,
        person=person, phone="+33639980001", window=window,
    )  # fmt: skip
    row = (await ask_human(session, asked, NOW)).escalation
    printed = str(Line(row, "Maëlle Le Goff"))

    assert "Maëlle Le Goff : veut être rappelé" in printed
    assert "« mon RSA n'est pas arrivé »" in printed
    assert "Rappeler au 06 39 98 00 01, le jeudi 26 novembre entre 10 h et 12 h" in printed
