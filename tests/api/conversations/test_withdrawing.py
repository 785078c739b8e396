"""Whoever goes back to the assistant keeps what they asked of the service; "annuler" takes it back."""

import pytest
from sqlalchemy import update

from api.conversations.tables import Mode
from api.escalations.events import closed, thread_of
from api.escalations.tables import Escalation, Event
from tests import factories
from tests.api.conversations.test_waiting import house, press, request, wanted
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

__all__ = ["house"]


async def test_taken_back_the_wish_is_withdrawn_and_the_next_question_answered_anew(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    await wanted(talk, rasa)
    assert await talk.say("anuler") == ["waiting_withdrawn"]
    assert await is_closed(talk)
    row = await request(talk)
    async with talk.database.transaction() as session:
        events = await thread_of(session, row.id)
    assert [(one.event, one.author_id) for one in events][1:] == [(Event.withdrawn, None), (Event.closed, None)]
    assert await talk.say("bonjour") == ["greet"]
    assert rasa.asked[-1]["fresh"]


@pytest.mark.parametrize("text", ["Revenir à l'assistant", "retour svp"])
async def test_back_to_the_assistant_the_request_stays_and_can_be_withdrawn_then(
    talk: Talk, rasa: ScriptedRasa, text: str
) -> None:
    await wanted(talk, rasa)
    assert await talk.say(text) == ["waiting_left_asked"]
    assert (await talk.conversation()).mode is Mode.assistant
    assert not await is_closed(talk)
    assert await talk.say("bonjour") == ["greet"]
    assert await press(talk, "Retirer ma demande") == ["waiting_withdrawn"]
    assert await is_closed(talk)
    assert await press(talk, "Retirer ma demande") == ["waiting_left"]


async def test_a_withdrawn_request_is_made_again_by_a_word(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    await talk.say("annuler")
    rasa.answer = lambda asked: says(asked["intent"]["name"], "human_asked")
    assert (await talk.say("non remettez la"))[0] == "human_asked"
    assert rasa.asked[-1]["intent"]["name"] == "request_human"


async def test_a_request_that_was_taken_is_not_withdrawn_by_an_old_button(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    await talk.say("retour")
    async with talk.database.transaction() as session:
        owner = (await factories.caseworker(session)).id
        await session.execute(update(Escalation).values(owner_id=owner))
    assert await press(talk, "Retirer ma demande") == ["waiting_left"]
    assert not await is_closed(talk)


async def is_closed(talk: Talk) -> bool:
    row = await request(talk)
    async with talk.database.transaction() as session:
        return row.id in await closed(session, [row.id])
