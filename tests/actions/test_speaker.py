"""Who speaks, and in which words: those of an earlier message when it is what was chosen about."""

from types import SimpleNamespace

from actions.speaker import speaking
from api.conversations.tables import Conversation, Message, Turn
from api.core.database import Database
from tests import factories


async def turn_about(database: Database, *, elsewhere: bool = False) -> str:
    """The words of a turn that says "2", chosen about a message of its conversation, or of another's."""
    async with database.transaction() as session:
        first = await factories.turn(session, await factories.conversation(session))
        of: Conversation = await session.get_one(Conversation, first.conversation_id)
        second: Turn = await factories.turn(session, await factories.conversation(session) if elsewhere else of)
        (await session.get_one(Message, first.message_id)).text = "une lettre à rendre demain"
        (await session.get_one(Message, second.message_id)).text = "2"
    metadata = {"turn": str(second.id), "about": str(first.message_id)}
    tracker = SimpleNamespace(latest_message={"metadata": metadata}, sender_id=str(second.conversation_id))
    async with database.transaction() as session:
        return (await speaking(session, tracker)).text


async def test_what_was_asked_back_is_answered_in_its_own_words(database: Database) -> None:
    assert await turn_about(database) == "une lettre à rendre demain"


async def test_the_words_of_another_conversation_stay_there(database: Database) -> None:
    assert await turn_about(database, elsewhere=True) == "2"
