"""What was not well understood is kept once, masked; what may tell too much of somebody is not."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from api.conversations.learning.tables import Trouble
from api.conversations.tables import Conversation
from api.migrations.everything import METADATA
from api.privacy.retention import purge
from tests.api.conversations.learning.conftest import Kept
from tests.scripted_rasa import ScriptedRasa, doubts, says
from tests.talking import Talk

LIKELY = (("search_training", 0.4), ("health_cover", 0.3), ("housing_help", 0.05))


@pytest.fixture
def rasa() -> ScriptedRasa:
    """Is sure of what a button says, and of nothing else."""
    return ScriptedRasa(lambda asked: says("health_cover", "health_cover") if asked["intent"] else doubts(*LIKELY))


async def test_what_was_asked_back_is_kept_with_what_was_chosen(talk: Talk, kept: Kept) -> None:
    await talk.say("un truc vers brest")
    [row] = await kept()
    assert (row.trouble, row.text, row.chosen) == (Trouble.asked_back, "un truc vers brest", None)
    assert row.meant == ["search_training", "health_cover", "housing_help"]
    await talk.say("2")
    [row] = await kept()
    assert (row.text, row.chosen) == ("un truc vers brest", "health_cover")


async def test_what_was_not_understood_is_kept_and_its_something_else_is_not(talk: Talk, kept: Kept) -> None:
    await talk.say("un truc vers brest")
    await talk.say("autre chose")
    await talk.say("zorglub")
    rows = [(row.trouble, row.text, row.chosen) for row in await kept()]
    assert rows[0] == (Trouble.asked_back, "un truc vers brest", None)
    assert [text for _, text, _ in rows] == ["un truc vers brest", "zorglub"]


async def test_what_was_understood_is_not_kept(talk: Talk, rasa: ScriptedRasa, kept: Kept) -> None:
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount")
    await talk.say("combien touche une personne seule")
    assert await kept() == []


async def test_what_may_be_danger_is_not_kept(talk: Talk, rasa: ScriptedRasa, kept: Kept) -> None:
    rasa.answer = lambda asked: doubts(("rsa_amount", 0.4), ("emergency_food", 0.15))
    await talk.say("plus rien dans les placards")
    assert await kept() == []


async def test_numbers_and_names_stay_out(talk: Talk, kept: Kept) -> None:
    await talk.say("un truc pour mme Kergoat au 06 39 98 00 01")
    [row] = await kept()
    assert row.text == "un truc pour mme xxnom au xxnumero"


async def test_whoever_erases_the_conversation_erases_it(talk: Talk, rasa: ScriptedRasa, kept: Kept) -> None:
    await talk.say("un truc vers brest")
    rasa.answer = lambda asked: says("delete_data", "conversation_erased")
    await talk.say("effacez tout")
    assert await kept() == []


async def test_it_outlives_its_conversation_without_a_link_then_goes(talk: Talk, kept: Kept) -> None:
    await talk.say("un truc vers brest")
    async with talk.database.transaction() as session:
        born = await session.scalar(select(func.now()))
        assert born
        left = update(Conversation).values(last_activity_at=born)
        await session.execute(left)
    for days, conversations in ((31, [None]), (91, [])):
        async with talk.database.transaction() as session:
            later = born + timedelta(days=days)
            await purge(session, METADATA, later)
        assert [row.conversation_id for row in await kept()] == conversations
