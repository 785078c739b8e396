"""Where somebody who waits is told that an answer is there: at a number of theirs, never where it may harm them."""

from sqlalchemy import update

from api.core.database import Database
from api.core.sealing import Sealer
from api.escalations.tables import Escalation
from tests.api.conversations.test_waiting import OTHER, PHONE, house, identified, press, request, wanted
from tests.scripted_rasa import ScriptedRasa
from tests.talking import Talk

__all__ = ["house"]


async def test_a_number_is_kept_to_tell_and_to_call_and_shown_by_its_end_only(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    assert await talk.say("06 39 98 00 41") == ["waiting_number"]
    text = (await talk.messages())[-1].text
    assert "finit par 41" in text
    assert "39 98" not in text
    assert (await talk.conversation()).nudge_phone == PHONE
    assert (await request(talk)).phone == PHONE


async def test_the_number_of_an_agreed_call_stays_when_another_is_given_to_be_told(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    await wanted(talk, rasa)
    async with talk.database.transaction() as session:
        await session.execute(update(Escalation).values(phone=OTHER))
    await talk.say("06 39 98 00 41")
    assert (await talk.conversation()).nudge_phone == PHONE
    assert (await request(talk)).phone == OTHER


async def test_a_number_that_was_wrong_is_put_right_everywhere(talk: Talk, rasa: ScriptedRasa) -> None:
    await wanted(talk, rasa)
    await talk.say("06 39 98 00 41")
    await talk.say("pardon, 06 39 98 00 42")
    assert (await talk.conversation()).nudge_phone == OTHER
    assert (await request(talk)).phone == OTHER


async def test_an_identified_person_is_told_at_the_number_of_their_file_if_they_say_yes(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    await identified(talk)
    assert await wanted(talk, rasa) == ["human_asked", "waiting_own_number"]
    assert PHONE[-6:] not in (await talk.messages())[-1].text.replace(" ", "")
    assert (await talk.conversation()).nudge_phone is None
    assert await talk.say("oui") == ["waiting_number"]
    assert (await talk.conversation()).nudge_phone == PHONE


async def test_whoever_says_no_may_give_another(talk: Talk, rasa: ScriptedRasa) -> None:
    await identified(talk)
    await wanted(talk, rasa)
    assert await press(talk, "Non, à un autre") == ["waiting_other_number"]
    assert await talk.say("0639980042") == ["waiting_number"]
    assert (await talk.conversation()).nudge_phone == OTHER


async def test_a_confidential_file_is_told_only_at_a_number_that_is_typed(talk: Talk, rasa: ScriptedRasa) -> None:
    await identified(talk, confidential=True)
    assert await wanted(talk, rasa) == ["human_asked", "waiting_ask_number"]
    await talk.say("06 39 98 00 42")
    assert (await talk.conversation()).nudge_phone == OTHER


async def test_where_violence_was_told_no_number_is_asked_and_none_is_kept_to_tell(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    await talk.say("mon mari me frappe")
    assert await wanted(talk, rasa) == ["human_asked", "waiting_begins"]
    assert await talk.say("06 39 98 00 41") == ["waiting_number"]
    assert "préviendrons" not in (await talk.messages())[-1].text
    assert (await talk.conversation()).nudge_phone is None
    assert (await request(talk)).phone == PHONE


async def test_by_sms_nobody_is_asked_where_to_tell(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> None:
    talk = await Talk(house, sealer, rasa.client()).ring(PHONE)
    assert await wanted(talk, rasa) == ["human_asked", "waiting_begins"]
    assert await talk.say("g une kestion") == ["waiting_kept"]
    assert await talk.say("ANNULER") == ["waiting_withdrawn"]
    assert (await talk.telephone(PHONE))[-1].startswith("Votre demande au service est retirée.")
