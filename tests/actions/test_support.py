from typing import Any

import httpx
import pytest
from sqlalchemy import select

from actions.support import asked_in, themes_of
from api.authorities.tables import Authority
from api.conversations.tables import Conversation, Draft
from api.core.database import Database
from api.escalations.tables import Escalation, Reason
from api.privacy.audience import Channel, Level
from api.support.service import Asked
from api.support.tables import SupportSearch
from api.support.themes import themes
from tests import factories
from tests.actions.test_listener import ALLOWED, call, says, talking
from tests.factories import BREST

PERMIS, VELO = themes()["permis"], themes()["velo"]


def heard(text: str, intent: str = "search_support", **entities: str) -> dict[str, Any]:
    """A parsed message; each entity stands in the text as it is, or else comes from a button."""
    found = [
        {
            "entity": kind,
            "value": value,
            "start": max(text.find(value), 0),
            "end": max(text.find(value) + len(value), 0),
        }
        if value in text
        else {"entity": kind, "value": value, "start": 0, "end": 0}
        for kind, value in entities.items()
    ]
    return {"intent": {"name": intent}, "text": text, "entities": found}


async def facts(database: Database, name: str) -> dict[str, Any]:
    """Those of the last draft of this name."""
    async with database.transaction() as session:
        found = list(await session.scalars(select(Draft).where(Draft.say == name)))
        return dict(found[-1].facts)


async def following(database: Database, who: tuple[str, str]) -> tuple[str, str]:
    """The next turn of the same conversation."""
    async with database.transaction() as session:
        conversation = await session.get_one(Conversation, who[0])
        return who[0], str((await factories.turn(session, conversation)).id)


@pytest.mark.parametrize(
    ("rule", "message", "asked"),
    [
        ("a need and a place", heard("aide permis a brest", place="brest"), Asked(place="brest", themes=(PERMIS,))),
        ("a need alone", heard("un velo svp"), Asked(themes=(VELO,))),
        ("a button names its theme", heard("me deplacer", theme="velo"), Asked(themes=(VELO,))),
        ("a theme that is not ours is none", heard("bonjour", theme="or"), Asked(anew=True)),
        ("what names a place names no need", heard("aide a louer", place="louer"), Asked(place="louer")),
        ("nothing begins again", heard("quelles aides existent"), Asked(anew=True)),
        ("a place alone goes on", heard("et a brest", place="brest"), Asked(place="brest")),
        ("a département goes on", heard("dans le finistere"), Asked(hint="29")),
        ("an answer to our question never begins again", heard("je sais pas", intent="inform"), Asked()),
        ("nothing at all", {"intent": None, "text": None, "entities": None}, Asked()),
    ],
)
def test_a_message_says_what_it_asks_for(rule: str, message: dict[str, Any], asked: Asked) -> None:
    assert asked_in(message) == asked, rule


def test_where_the_person_lives_and_whether_they_are_known_come_along() -> None:
    asked = asked_in(heard("permis"), BREST, known=True)

    assert (asked.near, asked.known) == (BREST, True)


def test_the_button_counts_before_the_words_of_its_title() -> None:
    assert themes_of(heard("ordinateur et internet", theme="permis")) == (PERMIS,)


async def test_a_search_keeps_its_id_alone_in_rasa_and_puts_the_other_search_away(
    client: httpx.AsyncClient, database: Database
) -> None:
    who = await talking(database)
    async with database.transaction() as session:
        await factories.service(session)

    asked = call("action_search_support", who, heard("permis a brest", place="brest"), training_search="old")
    begun = await client.post("/actions", json=asked, headers=ALLOWED)
    again = await client.post("/actions", json=asked, headers=ALLOWED)

    assert says(begun) == ["support_found", "support_item"]
    assert again.json() == begun.json()
    async with database.transaction() as session:
        [row] = await session.scalars(select(SupportSearch))
    assert {slot["name"]: slot["value"] for slot in begun.json()["events"]} == {
        "training_search": None,
        "support_search": str(row.id),
    }


@pytest.mark.parametrize(("confidential", "told"), [(False, "support_none"), (True, "support_ask_place")])
async def test_the_home_of_a_proved_person_is_the_place_unless_their_file_is_confidential(
    client: httpx.AsyncClient, database: Database, confidential: bool, told: str
) -> None:
    async with database.transaction() as session:
        someone = await factories.person(session, confidential=confidential, commune_insee=BREST)
    who = await talking(database, level=Level.link, beneficiary_id=someone.id)

    answer = await client.post("/actions", json=call("action_search_support", who, heard("permis")), headers=ALLOWED)

    assert says(answer) == [told]


@pytest.mark.parametrize("known", [True, False])
async def test_the_caseworker_is_asked_on_one_yes_and_once(
    client: httpx.AsyncClient, database: Database, known: bool
) -> None:
    async with database.transaction() as session:
        someone = await factories.person(session)
        service = await factories.service(session, name="Prêt de voiture", open_to=["professionnels"])
    proved = {"level": Level.code, "beneficiary_id": someone.id} if known else {}
    who = await talking(database, **proved)
    wanted = str(service.id)

    asked = call("action_search_support", who, heard("pret de voiture", service=wanted))
    assert says(await client.post("/actions", json=asked, headers=ALLOWED)) == ["support_confirm_asking"]
    yes = call("action_search_support", await following(database, who), heard("oui", service=wanted, answer="yes"))
    for _ in range(2):
        assert says(await client.post("/actions", json=yes, headers=ALLOWED)) == ["support_asked"]

    async with database.transaction() as session:
        [row] = await session.scalars(select(Escalation))
    assert (row.reason, row.line) == (Reason.support, "Prêt de voiture (Route Ouverte)")
    assert row.beneficiary_id == (someone.id if known else None)
    assert (await facts(database, "support_asked"))["again"] is False


async def test_nobody_is_told_on_a_no_or_about_a_service_that_is_gone(
    client: httpx.AsyncClient, database: Database
) -> None:
    who = await talking(database)
    async with database.transaction() as session:
        service = await factories.service(session)

    no = call("action_search_support", who, heard("non", service=str(service.id), answer="no"))
    assert says(await client.post("/actions", json=no, headers=ALLOWED)) == ["support_not_asked"]
    gone = call("action_search_support", await following(database, who), heard("oui", service="x", answer="yes"))
    assert says(await client.post("/actions", json=gone, headers=ALLOWED)) == ["support_ask_theme"]

    async with database.transaction() as session:
        assert list(await session.scalars(select(Escalation))) == []


async def test_an_sms_of_a_known_number_may_ask_a_caseworker(client: httpx.AsyncClient, database: Database) -> None:
    async with database.transaction() as session:
        await factories.person(session, phone="+33639980001")
        await factories.service(session, open_to=["professionnels"])
    sms = {"channel": Channel.sms, "sender": "38200"}
    known = await talking(database, phone="+33639980001", level=Level.number, **sms)
    unknown = await talking(database, phone="+33639980002", level=Level.nobody, **sms)
    said = heard("permis a brest", place="brest")

    for who, offered in ((known, ["support_offer_to_ask"]), (unknown, [])):
        answer = await client.post("/actions", json=call("action_search_support", who, said), headers=ALLOWED)
        assert says(answer) == ["support_found", "support_item_to_ask", *offered]


@pytest.mark.parametrize(
    ("rule", "said", "level", "town"),
    [
        ("nobody knows where", heard("je cherche du boulot", "search_job"), Level.nobody, None),
        ("home of a proved person", heard("je cherche du boulot", "search_job"), Level.code, "Brest"),
        ("the place named", heard("du boulot a quimper", "search_job", place="quimper"), Level.code, "Quimper"),
        ("two places of one name", heard("boulot a plouhinec", "search_job", place="plouhinec"), Level.nobody, None),
    ],
)
async def test_work_is_told_where_the_person_is_and_nothing_is_asked(
    client: httpx.AsyncClient, database: Database, rule: str, said: dict[str, Any], level: Level, town: str | None
) -> None:
    async with database.transaction() as session:
        someone = await factories.person(session, commune_insee=BREST)
    known = {"beneficiary_id": someone.id} if level is Level.code else {}
    who = await talking(database, level=level, **known)

    answer = await client.post("/actions", json=call("action_search_job", who, said), headers=ALLOWED)

    assert (says(answer)[0], says(answer)[-1]) == ("search_job", "job_next"), rule
    assert (await facts(database, "job_next"))["town"] == town, rule


async def test_work_somewhere_else_is_told_with_the_number_of_there(
    client: httpx.AsyncClient, database: Database
) -> None:
    who = await talking(database)
    async with database.transaction() as session:
        rennes: Authority = await factories.authority(session, "rennes")
        rennes.phone = "+33261913600"
    said = heard("un taf a rennes", "search_job", place="rennes")

    answer = await client.post("/actions", json=call("action_search_job", who, said), headers=ALLOWED)

    assert "job_teams" not in says(answer)
    assert (await facts(database, "search_job"))["phone"] == "+33261913600"
