"""The file that a person keeps: everything, in order, in their language, and nothing that was hidden."""

from datetime import UTC, datetime

from sqlalchemy import update

from api.conversations.service import DOTS
from api.conversations.tables import Author, Message, MessageStatus
from api.conversations.transcript import transcript
from api.core.database import Database
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk

SAVED_AT = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)


async def saved(talk: Talk) -> str:
    async with talk.database.transaction() as session:
        return await transcript(session, talk.id, SAVED_AT)


async def test_each_message_has_its_hour_in_paris_its_author_in_words_and_what_was_proposed(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    await talk.say("c kan mon rdv")
    async with talk.database.transaction() as session:
        await session.execute(update(Message).values(created_at=datetime(2026, 7, 1, 7, 5, tzinfo=UTC)))
    paragraphs = (await saved(talk)).split("\n\n")
    assert paragraphs[0].endswith("Enregistrée le 2 décembre 2026 à 0 h 30. Les heures sont celles de Paris.")
    assert paragraphs[1] == "1er juillet 2026 à 9 h 05, Vous :\nc kan mon rdv"
    assert paragraphs[2].startswith("1er juillet 2026 à 9 h 05, Hent (assistant automatique) :\nBonjour")
    assert "Réponses proposées : Mon prochain rendez-vous / Chercher une formation / " in paragraphs[2]


async def test_it_is_whole_however_long_and_names_every_author(house: Database) -> None:
    async with house.transaction() as session:
        conversation = await factories.conversation(session)
        for number in range(250):
            author = list(Author)[number % 4]
            session.add(
                Message(
                    conversation_id=conversation.id,
                    seq=number + 1,
                    author=author,
                    text=f"message {number}.",
                    says=[],
                    status=MessageStatus.sent,
                )
            )
        await session.flush()
        text = await transcript(session, conversation.id, SAVED_AT)
    assert [f"message {number}." in text for number in range(250)] == [True] * 250
    assert text.index("message 9.") < text.index("message 101.") < text.index("message 249.")
    assert all(f", {author} :" in text for author in ("Vous", "Conseiller", "Information"))


async def test_what_was_hidden_stays_hidden_and_no_button_can_be_pressed_from_it(
    talk: Talk, rasa: ScriptedRasa
) -> None:
    rasa.answer = lambda asked: says("ask_next_appointment", "identify_first")
    await talk.say("c kan mon rdv")
    await talk.say("06 39 98 00 01")
    await talk.say("12 avril 1988")
    text = await saved(talk)
    assert text.count(DOTS) == 2
    assert "00 01" not in text
    assert "avril 1988" not in text
    assert not [value for value in (await talk.choices()).values() if str(value) in text]
