"""One course through the actions: told, wanted, confirmed, sent once; for whom, on which channel."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from api.conversations.tables import Conversation, Draft, Message, Turn
from api.core.database import Database
from api.escalations.tables import Escalation, Reason
from api.privacy.audience import Channel, Level
from api.training.tables import Recruitment, TrainingApplication, TrainingSession
from tests import factories
from tests.actions.test_listener import ALLOWED, call, says

PHONE = "+33639980032"
WELDING = {"trade": "soudeur", "place": "brest"}


class Learner:
    """Somebody whose messages reach the actions one by one; Rasa keeps what slots they set."""

    def __init__(self, database: Database, client: httpx.AsyncClient, conversation: Conversation) -> None:
        self._database, self._client, self.conversation = database, client, conversation
        self.slots: dict[str, str | None] = {}

    async def searches(self) -> list[str]:
        return await self.says("action_search_training", "search_training", "formation soudeur brest", **WELDING)

    async def details(self, text: str = "", **entities: str) -> list[str]:
        return await self.says("action_training_detail", "ask_training_detail", text, **entities)

    async def applies(self, text: str = "", **entities: str) -> list[str]:
        return await self.says("action_apply_training", "apply_training", text, **entities)

    async def says(self, action: str, intent: str, text: str, **entities: str) -> list[str]:
        """The names of what is said in return; asked twice, as when Rasa's answer was lost."""
        async with self._database.transaction() as session:
            conversation = await session.get_one(Conversation, self.conversation.id)
            turn = await factories.turn(session, conversation)
            message = await session.get_one(Message, turn.message_id)
            message.text, turn.intent = text, intent
        found = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()]
        said = {"intent": {"name": intent}, "text": text, "entities": found}
        request = call(action, (str(conversation.id), str(turn.id)), said, **self.slots)
        first = await self._client.post("/actions", json=request, headers=ALLOWED)
        assert says(await self._client.post("/actions", json=request, headers=ALLOWED)) == says(first)
        self.slots |= {event["name"]: event["value"] for event in first.json()["events"]}
        return says(first)

    async def facts(self) -> dict[str, Any]:
        """Of what was said last."""
        async with self._database.transaction() as session:
            last = select(Draft).join(Turn).order_by(Turn.started_at.desc(), Draft.ordinal.desc()).limit(1)
            return (await session.scalars(last)).one().facts

    async def sent(self) -> tuple[list[TrainingApplication], list[Escalation]]:
        """All that was written down."""
        async with self._database.transaction() as session:
            wishes = list(await session.scalars(select(TrainingApplication)))
            return wishes, list(await session.scalars(select(Escalation)))


async def learner(database: Database, client: httpx.AsyncClient, **given: Any) -> Learner:
    async with database.transaction() as session:
        return Learner(database, client, await factories.conversation(session, **given))


async def known(database: Database, **given: Any) -> dict[str, Any]:
    """What a conversation with a person who said who they are is made of."""
    async with database.transaction() as session:
        person = await factories.person(session, phone=PHONE, **given)
        return {"level": Level.link if person.confidential else Level.code, "beneficiary_id": person.id}


async def test_a_course_is_told_by_its_button_its_number_or_the_one_in_question(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client)
    await someone.searches()

    assert await someone.details(session=courses[2]) == ["training_detail"]
    assert (await someone.facts())["title"] == "Soudeur tig"
    await someone.details("plus d infos sur la deuxieme")
    assert (await someone.facts())["title"] == "Soudeur mig"
    await someone.details("quelles sont les conditions")
    assert (await someone.facts())["title"] == "Soudeur mig"


async def test_which_course_is_asked_until_a_page_has_been_talked_about(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client)

    assert await someone.details("quelles sont les conditions") == ["training_nothing_shown"]
    await someone.searches()
    assert await someone.details("quelles sont les conditions") == ["training_detail_which"]
    await someone.details(session=courses[0])
    await someone.searches()
    assert await someone.details("quelles sont les conditions") == ["training_detail_which"]


async def test_what_was_not_shown_is_looked_for(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client)

    assert await someone.details("les conditions de la formation soudeur", trade="soudeur") == ["training_ask_place"]
    assert await someone.applies("je prends celle de brest", place="brest") == [
        "apply_training", "training_found", *["training_item"] * 3, "training_choose"
    ]  # fmt: skip


@pytest.mark.parametrize("session_id", ["", "no id at all", "5f0c1d5e-8c5e-4f1b-9d4e-0c8e7a1b2c3d"])
async def test_an_id_that_was_made_up_opens_nothing(
    database: Database, client: httpx.AsyncClient, courses: list[str], session_id: str
) -> None:
    someone = await learner(database, client, **await known(database))

    assert (await someone.details(session=session_id))[0] in ("training_nothing_shown", "training_closed")
    assert (await someone.applies(session=session_id, answer="yes"))[0] in ("training_nothing_shown", "training_closed")
    assert await someone.sent() == ([], [])


async def test_a_known_person_is_asked_once_more_then_it_is_sent_once(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client, **await known(database))
    await someone.searches()
    await someone.details(session=courses[1])

    assert await someone.applies("je veux m inscrire") == ["training_apply_confirm"]
    assert await someone.sent() == ([], [])
    assert await someone.applies("oui", session=courses[1], answer="yes") == ["training_applied"]
    assert await someone.applies("oui", session=courses[1], answer="yes") == ["training_already_applied"]

    [wish], [told] = await someone.sent()
    assert str(wish.session_id) == courses[1]
    assert (told.reason, told.beneficiary_id) == (Reason.training_application, wish.beneficiary_id)
    assert told.line == "Veut suivre : Soudeur mig, Brest, entrée toute l'année"


async def test_a_yes_without_its_course_is_asked_about(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client, **await known(database))
    await someone.searches()
    await someone.details(session=courses[1])

    assert await someone.applies("oui", answer="yes") == ["training_apply_confirm"]
    assert await someone.applies("oui", session="no id at all", answer="yes") == ["training_apply_confirm"]
    assert await someone.sent() == ([], [])


async def test_a_no_sends_nothing(database: Database, client: httpx.AsyncClient, courses: list[str]) -> None:
    someone = await learner(database, client, **await known(database))

    assert await someone.applies("non", session=courses[0], answer="no") == ["training_apply_declined"]
    assert await someone.sent() == ([], [])


async def test_whoever_is_not_known_hears_whom_to_call_and_may_say_who_they_are(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client)
    assert await someone.applies("comment on s inscrit") == ["apply_training"]
    assert not (await someone.facts())["can_tell"]

    await someone.searches()
    assert await someone.applies("la premiere m interesse") == ["apply_training"]
    assert (await someone.facts())["can_tell"]
    assert (await someone.facts())["id"] == courses[0]
    assert await someone.applies("oui", mine="yes", session=courses[0]) == ["identify_first"]
    assert await someone.sent() == ([], [])


async def test_once_known_the_button_that_asked_who_they_are_asks_whether_to_tell(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client, **await known(database))

    assert await someone.applies("oui", mine="yes", session=courses[0]) == ["training_apply_confirm"]


async def test_a_confidential_file_may_ask_with_its_link(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client, **await known(database, confidential=True))

    assert await someone.applies("oui", session=courses[0], answer="yes") == ["training_applied"]
    assert len((await someone.sent())[0]) == 1


async def test_a_number_of_one_person_is_enough_by_sms_and_hears_nothing_of_what_was_asked_before(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    await known(database)
    someone = await learner(database, client, channel=Channel.sms, phone=PHONE, sender="38200", level=Level.nobody)

    for _ in range(2):
        assert await someone.applies("inscription", session=courses[0]) == ["training_apply_confirm"]
        assert await someone.applies("oui", session=courses[0], answer="yes") == ["training_applied"]
    wishes, told = await someone.sent()
    assert (len(wishes), len(told)) == (1, 1)


@pytest.mark.parametrize("confidential", [True, False])
async def test_an_sms_of_nobody_known_or_of_a_confidential_file_records_nothing(
    database: Database, client: httpx.AsyncClient, courses: list[str], confidential: bool
) -> None:
    if confidential:
        await known(database, confidential=True)
    someone = await learner(database, client, channel=Channel.sms, phone=PHONE, sender="38200", level=Level.nobody)

    assert await someone.applies("oui", session=courses[0], answer="yes") == ["apply_training"]
    assert not (await someone.facts())["can_tell"]
    assert await someone.sent() == ([], [])


async def test_what_closed_between_the_question_and_the_yes_is_not_asked_for(
    database: Database, client: httpx.AsyncClient, courses: list[str]
) -> None:
    someone = await learner(database, client, **await known(database))
    await someone.applies(session=courses[0])
    async with database.transaction() as session:
        for row in await session.scalars(select(TrainingSession)):
            row.recruitment = Recruitment.closed

    assert await someone.applies("oui", session=courses[0], answer="yes") == ["training_closed"]
    assert await someone.sent() == ([], [])
