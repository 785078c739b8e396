"""Who waits for a person and asks something may have it answered by the assistant too: nothing is taken back for it."""

from api.conversations.tables import Mode
from api.core.database import Database
from api.escalations.events import closed
from tests.api.conversations.test_waiting import PHONE, asks_where, house, request, wanted
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

__all__ = ["house"]

ASK = "Demander aussi à l'assistant"


async def test_a_question_is_kept_and_the_assistant_can_answer_it_too(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    assert await talk.say("mon loyer est impayé") == ["waiting_kept"]
    assert await talk.say("c kan mon rdv") == ["waiting_kept"]
    choice = (await talk.choices())["Demander aussi à l'assistant"]
    await talk.say("je suis à Redon")
    assert await talk.say("", choice) == ["waiting_asked", "greet"]
    assert [asked["text"] for asked in rasa.asked] == ["c est quand mon rendez vous"]
    assert (await talk.conversation()).mode is Mode.assistant
    row = await request(talk)
    async with talk.database.transaction() as session:
        assert await closed(session, [row.id]) == set()
    assert await talk.say("", choice) == ["waiting_left"]
    assert len(rasa.asked) == 1


async def test_by_sms_its_number_asks_the_assistant(talk: Talk, rasa: ScriptedRasa, house: Database) -> None:
    await talk.ring("+33639989901")
    await wanted(talk, rasa)
    assert await talk.say("c kan mon rdv") == ["waiting_kept"]
    assert f"1 {ASK}" in (await talk.telephone("+33639989901"))[-1]
    assert await talk.say("1") == ["waiting_asked", "greet"]
    assert await talk.say("c kan mon rdv") == ["greet"]


async def test_what_asks_nothing_is_kept_in_silence_between_two_reminders(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    assert await talk.say("mon loyer est impayé") == ["waiting_kept"]
    assert await talk.say("depuis deux mois") == []
    assert await talk.say("je dois payer quand") == ["waiting_kept"]


async def test_a_commune_and_a_number_in_one_message_are_both_taken(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    await asks_where(talk)
    said = await talk.say("Brest. mon num 06 39 98 00 41. vous m'appelez le matin svp")
    assert said == ["waiting_placed", "waiting_number"]
    assert (await talk.conversation()).nudge_phone == PHONE


async def test_erasing_waits_for_nobody(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    rasa.answer = lambda asked: says(asked["intent"]["name"], "erase_offer", confidence=1.0)
    assert await talk.say("il rentre à 18h je dois tout effacer vite") == ["erase_offer"]
    assert rasa.asked[-1]["intent"]["name"] == "delete_data"
    assert (await talk.conversation()).mode is Mode.waiting
    await talk.say("oui")
    assert rasa.asked[-1]["intent"] == {"name": "delete_data", "entities": {"erase": "conversation", "answer": "yes"}}
