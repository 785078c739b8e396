"""An authority speaks its newest approved words; a change is heard within seconds, without training or deploying."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.privacy.audience import Channel
from api.texts import voice as voices_module
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.tables import TextVersion
from api.texts.voice import Voices, read_voice
from tests import factories


def version(number: int, web: str) -> TextVersion:
    return TextVersion(
        authority_code="cd29", name="greet", version=number, web=web, sms=None, approved_by="A. Le Bihan"
    )


async def said(session: AsyncSession, voices: Voices) -> str:
    return speak([Saying("greet")], Channel.web, await voices.of(session, "cd29")).text


async def test_the_newest_approved_version_speaks(session: AsyncSession) -> None:
    await factories.authority(session)
    session.add_all([version(2, "Demat deoc'h."), version(1, "Demat.")])
    await session.flush()
    voice = await read_voice(session, "cd29")
    assert voice.entry("greet").web == "Demat deoc'h."
    assert voice.entry("thank").web
    assert (voice.departement, voice.authority["phone"]) == ("29", "+33261910001")


async def test_a_change_is_heard_once_the_voice_is_read_again(
    session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    await factories.authority(session)
    voices = Voices()
    before = await said(session, voices)
    session.add(version(1, "Demat."))
    await session.flush()
    assert await said(session, voices) == before
    monkeypatch.setattr(voices_module, "FRESH_SECONDS", 0.0)
    assert await said(session, voices) == "Demat."


async def test_the_last_known_voice_serves_when_the_database_is_away(session: AsyncSession) -> None:
    await factories.authority(session)
    voices = Voices()
    assert voices.last_known("cd29").authority["phone"] == ""
    await voices.of(session, "cd29")
    assert voices.last_known("cd29").authority["phone"] == "+33261910001"
