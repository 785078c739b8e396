"""What a gateway handed over becomes messages: in the order in which it was written, once each, whoever works at it."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from api.conversations import inbound
from api.conversations.flood import WAITING_AT_MOST
from api.conversations.inbound import SAME_WITHIN, Arrived, store, take_in
from api.conversations.routes import Routes, Sms
from api.conversations.sms_tables import IncomingSms
from api.conversations.tables import Author, Choice, Conversation, Message, MessageStatus
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.texts.numbering import NUMBER
from tests import factories
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

PHONE = "+33639980001"


class Gateway:
    """Hands over again what it is not sure of."""

    repeats_safely = tells_all = False
    hands_over_again = True

    async def send(self, sms: Sms) -> None:
        """Nothing goes out here."""


ROUTES = Routes({"kannel": Gateway()}, {"*": ["kannel"]})


@pytest.fixture(autouse=True)
async def authorities(database: Database) -> None:
    """Two of them."""
    async with database.transaction() as session:
        await factories.authority(session)
        await factories.authority(session, "brest")


async def arrives(
    database: Database,
    sealer: Sealer,
    text: str,
    reference: str,
    written_at: datetime | None = None,
    phone: str = PHONE,
) -> None:
    async with database.transaction() as session:
        await store(session, sealer, "kannel", Arrived(reference, phone, "38080", text, written_at))


async def take_all(database: Database, sealer: Sealer, workers: int = 1) -> None:
    async def work() -> None:
        while await take_in(database, sealer, ROUTES, "cd29"):
            pass

    await asyncio.gather(*(work() for _ in range(workers)))


async def messages(database: Database) -> list[str]:
    async with database.transaction() as session:
        rows = select(Message.text).join(Conversation, Conversation.id == Message.conversation_id)
        return list(await session.scalars(rows.order_by(Conversation.phone, Message.seq)))


async def test_it_becomes_a_message_and_nothing_sealed_remains(database: Database, sealer: Sealer) -> None:
    await arrives(database, sealer, "Où en est mon dossier ?", "1")
    await take_all(database, sealer)
    async with database.transaction() as session:
        row = (await session.scalars(select(IncomingSms))).one()
        message = await session.get_one(Message, row.message_id)
    assert (message.text, row.sealed) == ("Où en est mon dossier ?", None)
    assert row.handled_at is not None


async def test_what_waited_in_a_gateway_is_put_in_the_order_in_which_it_was_written(
    database: Database, sealer: Sealer
) -> None:
    began = now() - timedelta(minutes=10)
    for place in (3, 0, 4, 1, 2):
        await arrives(database, sealer, f"message {place}", str(place), began + timedelta(seconds=place))
    await take_all(database, sealer)
    assert await messages(database) == [f"message {place}" for place in range(5)]


async def test_workers_side_by_side_keep_the_order_of_each_number(database: Database, sealer: Sealer) -> None:
    began = now() - timedelta(minutes=10)
    phones = [f"+3363998000{digit}" for digit in range(4)]
    for place in range(8):
        for phone in phones:
            at = began + timedelta(seconds=place)
            await arrives(database, sealer, f"{phone} {place}", f"{phone}-{place}", at, phone)
    await take_all(database, sealer, workers=4)
    assert await messages(database) == [f"{phone} {place}" for phone in phones for place in range(8)]


async def test_the_same_reference_is_one_message(database: Database, sealer: Sealer) -> None:
    for _ in range(2):
        await arrives(database, sealer, "bonjour", "1")
        await take_all(database, sealer)
    assert await messages(database) == ["bonjour"]


@pytest.mark.parametrize(
    ("later", "phone", "kept"),
    [
        (timedelta(seconds=5), PHONE, 1),
        (SAME_WITHIN + timedelta(seconds=5), PHONE, 2),
        (timedelta(seconds=5), "+33639980002", 2),
    ],
)
async def test_the_same_text_of_a_number_within_a_minute_under_another_id_is_one_message(
    database: Database, sealer: Sealer, later: timedelta, phone: str, kept: int
) -> None:
    await arrives(database, sealer, "encore", "1")
    async with database.transaction() as session:
        await session.execute(update(IncomingSms).values(received_at=now() - later))
    await arrives(database, sealer, "encore", "2", phone=phone)
    await take_all(database, sealer)
    assert len(await messages(database)) == kept
    async with database.transaction() as session:
        rows = (await session.scalars(select(IncomingSms.message_id))).all()
    assert len(set(rows)) == kept
    assert None not in rows


@pytest.mark.parametrize(("text", "kept"), [("1", 2), ("brest", 2), ("encore", 1), ("3", 1)])
async def test_the_same_answer_to_another_question_is_another_answer(
    database: Database, sealer: Sealer, text: str, kept: int
) -> None:
    await arrives(database, sealer, text, "1")
    await take_all(database, sealer)
    async with database.transaction() as session:
        talk = (await session.scalars(select(Conversation))).one()
        asked = await factories.said(session, talk, Author.assistant, "Répondez 1 ou 2", MessageStatus.sent)
        for place, title in enumerate(("Brest", "Quimper")):
            session.add(Choice(message_id=asked.id, ordinal=place, title=title, payload={}, words=[NUMBER]))
    await arrives(database, sealer, text, "2")
    await take_all(database, sealer)
    assert (await messages(database)).count(text) == kept


@pytest.mark.parametrize("text", ["", "   ", "\x00"])
async def test_an_sms_without_a_word_holds_no_other_up(database: Database, sealer: Sealer, text: str) -> None:
    await arrives(database, sealer, text, "1")
    await arrives(database, sealer, "bonjour", "2")
    await take_all(database, sealer)
    assert (await messages(database))[-1] == "bonjour"


async def test_a_text_longer_than_can_be_kept_keeps_its_beginning(database: Database, sealer: Sealer) -> None:
    await arrives(database, sealer, "a" * 5000, "1")
    await take_all(database, sealer)
    assert await messages(database) == ["a" * 4000]


@pytest.mark.parametrize(
    ("files", "code"),
    [([], "cd29"), ([False], "brest"), ([False, False], "brest"), ([True], "cd29"), ([False, True], "cd29")],
)
async def test_somebody_known_is_answered_by_their_own_authority_unless_a_file_is_confidential(
    database: Database, sealer: Sealer, files: list[bool], code: str
) -> None:
    async with database.transaction() as session:
        for confidential in files:
            await factories.person(session, phone=PHONE, authority_code="brest", confidential=confidential)
    await arrives(database, sealer, "bonjour", "1")
    await take_all(database, sealer)
    async with database.transaction() as session:
        assert list(await session.scalars(select(Conversation.authority_code))) == [code]


async def test_a_worker_that_dies_leaves_it_to_another(
    database: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await arrives(database, sealer, "bonjour", "1")

    async def dies(*_: object) -> None:
        raise OSError("died")

    with monkeypatch.context() as patched:
        patched.setattr(inbound, "_message", dies)
        with pytest.raises(OSError, match="died"):
            await take_all(database, sealer)
    await take_all(database, sealer)
    assert await messages(database) == ["bonjour"]


async def test_a_flood_is_taken_in_as_it_is_answered_and_holds_no_other_number_up(
    database: Database, sealer: Sealer
) -> None:
    """Past what may wait an SMS stays sealed where it was stored: nothing is lost, nothing changes its place."""
    written = [f"message {number}" for number in range(2 * WAITING_AT_MOST + 5)]
    for place, text in enumerate(written):
        await arrives(database, sealer, text, str(place))
    await arrives(database, sealer, "bonjour", "other", phone="+33639980002")
    await take_all(database, sealer, workers=2)
    assert await messages(database) == [*written[:WAITING_AT_MOST], "bonjour"]
    async with database.transaction() as session:
        behind = IncomingSms.handled_at.is_(None), IncomingSms.sealed.is_not(None)
        assert await session.scalar(select(func.count()).where(*behind)) == len(written) - WAITING_AT_MOST
    phone = await Talk(database, sealer, ScriptedRasa().client()).ring(PHONE)
    turns = 0
    while answered := await phone.answer():
        turns += answered
        await take_all(database, sealer, workers=2)
    mine = [message for message in await phone.messages() if message.author is Author.person]
    assert [message.text for message in mine] == written
    assert {message.status for message in mine} == {MessageStatus.answered}
    assert turns == 4
