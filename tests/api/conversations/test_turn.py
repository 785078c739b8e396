"""A message is answered once, in order, whatever dies on the way."""

from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, insert, select, update

from api.conversations import leases, service
from api.conversations.closing import close_turn
from api.conversations.deciding import decide
from api.conversations.leases import LeaseLost
from api.conversations.opening import open_turn
from api.conversations.rasa_tables import RasaEvent, RasaFence
from api.conversations.tables import Author, Conversation, Message, Mode, Turn, TurnStatus
from api.conversations.turn import take_turn
from api.core.clock import now
from api.privacy.audience import Level
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk


async def lease_of(talk: Talk) -> tuple[object, object]:
    async with talk.database.transaction() as session:
        return (await leases.claim(session, 1))[0]


async def expire(talk: Talk) -> None:
    """What fifteen seconds do to the lease of a worker that died."""
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(leased_until=now()))


async def test_messages_are_answered_in_order(talk: Talk, rasa: ScriptedRasa) -> None:
    for text in ("un", "deux", "trois"):
        await talk.write(text)
    assert await talk.answer() == 3
    assert [asked["text"] for asked in rasa.asked] == ["un", "deux", "trois"]
    assert [message.author for message in await talk.messages()] == [Author.person] * 3 + [Author.assistant] * 3


async def test_two_workers_never_hold_one_conversation(talk: Talk) -> None:
    await talk.write("bonjour")
    async with talk.database.transaction() as one, talk.database.transaction() as two:
        assert len(await leases.claim(one, 5)) + len(await leases.claim(two, 5)) == 1


async def test_a_worker_that_died_after_rasa_answered_leaves_one_answer(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.write("bonjour")
    conversation_id, lease = await lease_of(talk)
    async with talk.database.transaction() as session:
        turn = await open_turn(session, talk.sealer, conversation_id, lease)  # type: ignore[arg-type]
    assert turn
    await decide(turn, talk.rasa)  # …and the worker dies here.
    await expire(talk)
    await talk.answer()
    assert len(rasa.asked) == 2
    assert {asked["turn"] for asked in rasa.asked} == {str(turn.turn_id)}
    assert [message.author for message in await talk.messages()] == [Author.person, Author.assistant]


async def test_a_worker_that_wakes_up_too_late_writes_nothing(talk: Talk) -> None:
    await talk.write("bonjour")
    conversation_id, lease = await lease_of(talk)
    async with talk.database.transaction() as session:
        turn = await open_turn(session, talk.sealer, conversation_id, lease)  # type: ignore[arg-type]
    assert turn
    decision = await decide(turn, talk.rasa)
    await expire(talk)
    await talk.answer()
    with pytest.raises(LeaseLost):
        async with talk.database.transaction() as session:
            await close_turn(session, talk.sealer, talk.tools.voices, turn, decision)
    assert len(await talk.messages()) == 2


async def test_what_an_unfinished_attempt_left_in_rasa_is_deleted_before_asking_again(talk: Talk) -> None:
    sender = str(talk.id)

    def event(turn: str) -> dict[str, object]:
        return {"sender_id": sender, "type_name": "user", "timestamp": 1.0, "data": turn}

    await talk.say("bonjour")
    async with talk.database.transaction() as session:
        kept = (await session.scalars(insert(RasaEvent).returning(RasaEvent.id), event("finished"))).one()
        await session.execute(update(Conversation).values(rasa_cursor=kept))
        await session.execute(insert(RasaEvent), event("unfinished"))
    await talk.say("encore")
    async with talk.database.transaction() as session:
        assert list(await session.scalars(select(RasaEvent.data))) == ["finished"]


async def test_each_attempt_raises_the_fence_that_rasa_must_show(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say("un")
    await talk.say("deux")
    assert [asked["fence"] for asked in rasa.asked] == sorted({asked["fence"] for asked in rasa.asked})
    async with talk.database.transaction() as session:
        fence = await session.scalar(select(RasaFence.fence).where(RasaFence.sender_id == str(talk.id)))
    # Looking for a further message raises nothing: only attempts do.
    assert fence == rasa.asked[-1]["fence"]


@pytest.mark.parametrize("failure", [502, 500, 503])
async def test_a_failed_attempt_is_made_once_more(talk: Talk, rasa: ScriptedRasa, failure: int) -> None:
    answers = iter([httpx.Response(failure), says("greet", "greet")])
    rasa.answer = lambda asked: next(answers)
    assert await talk.say("bonjour") == ["greet"]


async def test_an_answer_that_says_nothing_is_a_failure(talk: Talk, rasa: ScriptedRasa) -> None:
    answers = iter([says("greet"), says("greet", "greet")])
    rasa.answer = lambda asked: next(answers)
    assert await talk.say("bonjour") == ["greet"]


async def test_after_two_failures_the_person_hears_the_truth_and_a_number(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: httpx.Response(500)
    assert await talk.say("c kan mon rdv") == ["still_trouble"]
    assert "02 61 91 00 01" in (await talk.messages())[-1].text
    assert len(rasa.asked) == 2


async def test_the_question_can_be_asked_again_with_a_button(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: httpx.Response(500)
    await talk.say("combien je touche")
    rasa.answer = lambda asked: says("rsa_amount", "rsa_amount")
    again = (await talk.choices())["Réessayer"]
    assert await talk.say("", again) == ["rsa_amount"]
    assert rasa.asked[-1]["text"] == rasa.asked[0]["text"]


async def test_a_caseworker_who_has_the_conversation_is_not_spoken_over(talk: Talk, rasa: ScriptedRasa) -> None:
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=Mode.caseworker))
    assert await talk.say("bonjour") == []
    assert rasa.asked == []


async def test_urgent_words_are_answered_even_while_a_caseworker_has_the_conversation(talk: Talk) -> None:
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=Mode.caseworker))
    assert await talk.say("je veux mourir") == ["emergency_distress"]


async def test_urgent_words_are_answered_when_rasa_is_down(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: httpx.Response(500)
    assert await talk.say("mon mari me frappe") == ["emergency_violence"]
    assert rasa.asked == []


async def test_an_answer_that_comes_after_a_takeover_is_dropped(talk: Talk) -> None:
    await talk.write("bonjour")
    conversation_id, lease = await lease_of(talk)
    async with talk.database.transaction() as session:
        turn = await open_turn(session, talk.sealer, conversation_id, lease)  # type: ignore[arg-type]
    assert turn
    decision = await decide(turn, talk.rasa)
    async with talk.database.transaction() as session:
        await session.execute(update(Conversation).values(mode=Mode.caseworker))
    async with talk.database.transaction() as session:
        assert await close_turn(session, talk.sealer, talk.tools.voices, turn, decision) is TurnStatus.dropped
    assert [message.author for message in await talk.messages()] == [Author.person]


async def test_facts_about_one_person_are_never_said_to_another(talk: Talk, rasa: ScriptedRasa) -> None:
    async with talk.database.transaction() as session:
        one, other = await factories.person(session), await factories.person(session, first_name="Yann")
        service.identify(await session.get_one(Conversation, talk.id), one.id, Level.code, now())
    rasa.answer = lambda asked: says("ask_next_appointment", "appointment_none")
    await talk.write("c kan mon rdv")
    conversation_id, lease = await lease_of(talk)
    async with talk.database.transaction() as session:
        turn = await open_turn(session, talk.sealer, conversation_id, lease)  # type: ignore[arg-type]
    assert turn
    decision = await decide(turn, talk.rasa)
    async with talk.database.transaction() as session:
        service.identify(await session.get_one(Conversation, talk.id), other.id, Level.link, now())
    async with talk.database.transaction() as session:
        await close_turn(session, talk.sealer, talk.tools.voices, turn, decision)
    assert (await talk.messages())[-1].says == ["still_trouble"]


async def test_rasa_begins_a_new_session_every_twenty_turns(talk: Talk, rasa: ScriptedRasa) -> None:
    for number in range(42):
        await talk.say(f"message {number}")
    assert [number for number, asked in enumerate(rasa.asked) if asked["fresh"]] == [20, 40]


async def test_rasa_sees_no_name_number_or_date_of_birth(talk: Talk, rasa: ScriptedRasa) -> None:
    async with talk.database.transaction() as session:
        await factories.person(session, first_name="Gwenaëlle", last_name="Kerautret")
    await talk.write("je suis gwenaelle KERAUTRET née le 14/05/1990, tel 06 39 98 00 01, g@exemple.fr, rdv ?")
    await talk.answer()
    seen = rasa.asked[0]["text"]
    for hidden in ("gwen", "kerautret", "1990", "39 98", "exemple"):
        assert hidden not in seen
    assert "rendez vous" in seen


async def test_a_masked_number_is_said_to_the_person(talk: Talk) -> None:
    said = await talk.say("voici mon iban FR76 3000 6000 0112 3456 7890 189")
    assert said == ["masked_notice", "greet"]


async def test_the_choice_names_its_intent_to_rasa(talk: Talk, rasa: ScriptedRasa) -> None:
    await talk.say("bonjour")
    title, value = next(iter((await talk.choices()).items()))
    await talk.say("ignored", value)
    assert rasa.asked[-1]["intent"]["name"]
    assert [m.text for m in await talk.messages() if m.author is Author.person][-1] == title


async def test_a_turn_that_breaks_while_closing_ends_in_the_honest_sentence(talk: Talk, rasa: ScriptedRasa) -> None:
    rasa.answer = lambda asked: says("greet", "a_name_that_nobody_wrote")
    await talk.write("bonjour")
    for _ in range(2):
        with pytest.raises(KeyError):
            await talk.answer()
        await expire(talk)
    await talk.answer()
    assert [m.says for m in await talk.messages()][-1] == ["still_trouble"]


async def test_an_empty_conversation_gives_its_lease_back(talk: Talk) -> None:
    await talk.say("bonjour")
    row = await talk.conversation()
    assert (row.lease, row.leased_until, row.waiting_since) == (None, None, None)
    assert not await take_turn_of_nobody(talk)


async def take_turn_of_nobody(talk: Talk) -> bool:
    with pytest.raises(LeaseLost):
        await take_turn(talk.tools, talk.id, uuid4())
    return False


async def test_each_message_has_one_turn_row(talk: Talk) -> None:
    await talk.say("un")
    await talk.say("deux")
    async with talk.database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Turn)) == 2
        rows = await session.scalars(select(Message.turn_id).where(Message.author == Author.person))
        assert len(set(rows)) == 2
