"""What is written by SMS within two seconds is one question, answered once, whatever dies."""

from datetime import datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from api.conversations import leases
from api.conversations.grouping import TOGETHER, WAITS_AT_MOST, first_group, settled_at
from api.conversations.opening import open_turn
from api.conversations.tables import Author, Conversation, Message, MessageStatus, Mode
from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.privacy.audience import Channel
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

PHONE = "+33639980012"
START = datetime.fromisoformat("2026-11-25T10:00:00+00:00")


@pytest.fixture
async def phone(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """An SMS conversation."""
    return await Talk(house, sealer, rasa.client()).ring(PHONE)


def written(gaps: list[float], texts: list[str]) -> list[Message]:
    """Rows that wait, each so many seconds after the one before."""
    at = [START + timedelta(seconds=sum(gaps[: place + 1])) for place in range(len(gaps))]
    return [Message(text=text, created_at=moment) for text, moment in zip(texts, at, strict=False)]


@given(st.lists(st.tuples(st.floats(0, 6), st.sampled_from(["bonjour", "mon rdv", "STOP", "aide"])), min_size=1))
def test_groups_follow_each_other_in_order_and_lose_nothing(drawn: list[tuple[float, str]]) -> None:
    rows = written([gap for gap, _ in drawn], [text for _, text in drawn])
    left, groups = rows, []
    while left:
        groups.append(first_group(left, Channel.sms))
        left = left[len(groups[-1]) :]
    assert [row for group in groups for row in group] == rows
    for group in groups:
        gaps = [after.created_at - before.created_at for before, after in zip(group, group[1:], strict=False)]
        assert all(gap <= TOGETHER for gap in gaps)
        assert len(group) == 1 or not {"STOP", "aide"} & {row.text for row in group}


@given(st.lists(st.floats(0, 2), min_size=1, max_size=30))
def test_a_group_waits_two_seconds_for_more_and_ten_at_most(gaps: list[float]) -> None:
    group = written(gaps, ["bonjour"] * len(gaps))
    settled = settled_at(group, [], Channel.sms)
    assert settled <= group[0].created_at + WAITS_AT_MOST
    assert settled <= group[-1].created_at + TOGETHER
    assert settled_at(group, [Message()], Channel.sms) == group[0].created_at


@pytest.mark.parametrize("text", ["STOP", "je veux mourir", "aide"])
def test_what_cannot_wait_does_not(text: str) -> None:
    (row,) = written([0], [text])
    assert settled_at([row], [], Channel.sms) == START


async def test_messages_within_two_seconds_are_one_question(phone: Talk, rasa: ScriptedRasa) -> None:
    for text in ("bonjour", "c kan", "mon rdv"):
        await phone.write(text)
    assert await phone.answer() == 1
    assert [asked["text"] for asked in rasa.asked] == ["bonjour c est quand mon rendez vous"]
    *rows, answer = await phone.messages()
    assert {(row.status, row.turn_id) for row in rows} == {(MessageStatus.answered, answer.turn_id)}


async def test_messages_that_lie_further_apart_are_answered_one_by_one(phone: Talk, rasa: ScriptedRasa) -> None:
    for text in ("bonjour", "c kan mon rdv"):
        await phone.write(text)
        await phone.pause(2.5)
    assert await phone.answer() == 2
    assert [asked["text"] for asked in rasa.asked] == ["bonjour", "c est quand mon rendez vous"]


async def test_on_a_page_each_message_is_answered_at_once(talk: Talk, rasa: ScriptedRasa) -> None:
    for text in ("bonjour", "c kan mon rdv"):
        await talk.write(text)
    async with talk.database.transaction() as session:
        assert len(await leases.claim(session, 1)) == 1
        await session.rollback()
    assert await talk.answer() == 2


async def test_nobody_takes_up_a_message_that_may_be_followed(phone: Talk) -> None:
    await phone.write("bonjour")
    async with phone.database.transaction() as session:
        assert await leases.claim(session, 1) == []
    await phone.write("je veux mourir")
    async with phone.database.transaction() as session:
        assert len(await leases.claim(session, 1)) == 1


async def test_a_message_that_comes_while_another_is_answered_waits_for_its_own_two_seconds(phone: Talk) -> None:
    await phone.write("bonjour")
    await phone.pause(2)
    await phone.write("c kan mon rdv")
    async with phone.database.transaction() as session:
        ((conversation_id, lease),) = await leases.claim(session, 1)
    async with phone.database.transaction() as session:
        await session.execute(update(Message).where(Message.seq == 1).values(created_at=now() - timedelta(seconds=4)))
        turn = await open_turn(session, phone.sealer, conversation_id, lease)
    assert turn
    assert turn.text == "bonjour"
    async with phone.database.transaction() as session:
        await session.execute(update(Conversation).values(answered_seq=1))
    async with phone.database.transaction() as session:
        assert await open_turn(session, phone.sealer, conversation_id, lease) is None
    row = await phone.conversation()
    assert row.lease is None
    assert row.waiting_since
    assert row.waiting_since > now()


async def test_an_attempt_that_died_has_its_rows_again_and_what_came_since_is_the_next_turn(
    phone: Talk, rasa: ScriptedRasa
) -> None:
    for text in ("bonjour", "c kan mon rdv"):
        await phone.write(text)
    await phone.pause(2)
    async with phone.database.transaction() as session:
        ((conversation_id, lease),) = await leases.claim(session, 1)
    async with phone.database.transaction() as session:
        first = await open_turn(session, phone.sealer, conversation_id, lease)
    await phone.write("et ou ca")
    async with phone.database.transaction() as session:
        await session.execute(update(Conversation).values(leased_until=now()))
    assert await phone.answer() == 2
    assert first
    assert [asked["text"] for asked in rasa.asked] == ["bonjour c est quand mon rendez vous", "et ou ca"]
    assert rasa.asked[0]["turn"] == str(first.turn_id)


async def test_an_order_among_other_messages_is_obeyed_and_they_are_answered(phone: Talk, rasa: ScriptedRasa) -> None:
    for text in ("c kan", "mon rdv", "STOP", "merci"):
        await phone.write(text)
    assert await phone.answer() == 3
    answers = [message.says for message in await phone.messages() if message.author is Author.assistant]
    assert answers == [["greet"], ["stop_sms"], ["greet"]]
    assert [asked["text"] for asked in rasa.asked] == ["c est quand mon rendez vous", "merci"]


async def test_what_is_urgent_is_heard_across_two_messages(phone: Talk) -> None:
    for text in ("mon mari", "me frappe"):
        await phone.write(text)
    assert await phone.answer() == 1
    assert (await phone.messages())[-1].says == ["emergency_violence"]


async def test_a_choice_in_two_messages_is_a_choice(phone: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("complain", "complain")
    await phone.say("nul")
    rasa.asked.clear()
    for text in ("oui", "merci"):
        await phone.write(text)
    assert await phone.answer() == 1
    assert rasa.asked[0]["intent"]["name"] == "complain"


async def test_what_a_caseworker_is_to_read_is_left_to_them_row_by_row(phone: Talk) -> None:
    async with phone.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=Mode.caseworker))
    for text in ("bonjour", "c kan mon rdv"):
        await phone.write(text)
    await phone.answer()
    assert [row.status for row in await phone.messages()] == [MessageStatus.left_to_human] * 2


async def test_what_failed_is_repeated_whole(phone: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: httpx.Response(500)
    for text in ("bonjour", "c kan mon rdv"):
        await phone.write(text)
    await phone.answer()
    rasa.answer = lambda asked: says("greet", "greet")
    assert await phone.say("", (await phone.choices())["Réessayer"]) == ["greet"]
    assert rasa.asked[-1]["text"] == "bonjour c est quand mon rendez vous"
