"""What somebody had said before is told whole, also when it came in several SMS."""

import pytest

from api.conversations.said_before import last_said
from api.conversations.tables import Conversation
from api.core.database import Database
from api.core.sealing import Sealer
from tests import factories
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk


@pytest.fixture
async def phone(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> Talk:
    """An SMS conversation."""
    rasa.answer = lambda asked: says("rsa_overpayment", "rsa_overpayment")
    return await Talk(house, sealer, rasa.client()).ring("+33639980012")


async def test_messages_that_were_one_turn_are_one(phone: Talk) -> None:
    for texts in (["la caf me reclame"], ["jai un trop percu", "de 300 euros"]):
        for text in texts:
            await phone.write(text)
        await phone.answer()
    async with phone.database.transaction() as session:
        turn = await factories.turn(session, await session.get_one(Conversation, phone.id))
        said = await last_said(session, turn.id, 5)
    assert [one.text for one in said] == ["jai un trop percu de 300 euros", "la caf me reclame"]
