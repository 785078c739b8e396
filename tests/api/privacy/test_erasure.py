"""What is held about a person can be handed over and erased: all of it, in every table, and nothing of anybody else."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.columns import Privacy
from api.core.errors import NotFound
from api.migrations.everything import METADATA
from api.privacy.belongings import belongings, key_of
from api.privacy.erasure import REVEALING, erase_person, to_erase
from api.privacy.export import export_person
from tests.api.privacy.rows import REFERENCE, Given, Made, everything, revealing

TABLES = METADATA.tables
NOBODYS = {"code_requests", "sign_in_tries"}
"""Digests alone, which lead to nobody, and gone the next day."""
ABOUT_PEOPLE = [table for table in revealing() if table.fullname not in NOBODYS]
PHONE, OTHER_PHONE = "+33639980001", "+33639980002"


async def two_people(session: AsyncSession) -> tuple[Made, Made]:
    """Two strangers with a row each in every table."""
    one = await everything(session, _reached_at(PHONE))
    return one, await everything(session, _reached_at(OTHER_PHONE), shared=one)


def _reached_at(phone: str) -> Given:
    """A silent number leads to its owner by nothing but itself."""
    return {"beneficiaries": {"phone": phone}, "silent_numbers": {"phone": phone}}


async def row(session: AsyncSession, table: Table, key: Any) -> Any:
    found = await session.execute(select(table).where(key_of(table) == key))
    return found.mappings().one_or_none()


async def add(session: AsyncSession, name: str, **values: Any) -> UUID:
    """One more row, as far as a test needs it; its key."""
    table = TABLES[name]
    made = await session.execute(insert(table).values(values).returning(key_of(table)))
    return UUID(str(made.scalar_one()))


async def sms_conversation(session: AsyncSession, phone: str, authority: str) -> UUID:
    return await add(session, "conversations", channel="sms", phone=phone, sender="Hent", authority_code=authority)


@pytest.mark.parametrize("table", ABOUT_PEOPLE, ids=str)
async def test_no_table_that_may_tell_of_a_person_is_forgotten(session: AsyncSession, table: Table) -> None:
    person, _ = await two_people(session)
    key = person[table.fullname]
    exported = await export_person(session, METADATA, person["beneficiaries"])
    assert [str(one[key_of(table).name]) for one in exported[table.fullname]] == [str(key)]
    await erase_person(session, METADATA, person["beneficiaries"])
    left = await row(session, table, key)
    # The free hour of a team stays; it does not say any more who had taken it.
    told = {
        column.name for column in table.columns if column.info["privacy"] in REVEALING and left and left[column.name]
    }
    assert told == set()


async def test_nothing_of_anybody_else_is_handed_over_or_erased(session: AsyncSession) -> None:
    person, other = await two_people(session)
    written = json.dumps(await export_person(session, METADATA, person["beneficiaries"]))
    theirs = {name: key for name, key in other.items() if name not in REFERENCE}
    # A number is too short to be looked for.
    assert [name for name, key in theirs.items() if not isinstance(key, int) and str(key) in written] == []
    assert OTHER_PHONE not in written
    await erase_person(session, METADATA, person["beneficiaries"])
    gone = [name for name, key in other.items() if await row(session, TABLES[name], key) is None]
    assert gone == []


async def test_secrets_are_erased_and_never_handed_over(session: AsyncSession) -> None:
    person, _ = await two_people(session)
    exported = await export_person(session, METADATA, person["beneficiaries"])
    secret = {
        (table.fullname, column.name)
        for table in METADATA.sorted_tables
        for column in table.columns
        if column.info["privacy"] is Privacy.secret
    }
    shown = {(table, column) for table, rows in exported.items() for one in rows for column in one}
    assert secret
    assert shown & secret == set()
    assert {column.name for column in TABLES["beneficiaries"].columns} - {"agreed_word_digest"} == {
        column for table, column in shown if table == "beneficiaries"
    }


async def test_what_is_erased_is_counted_by_table(session: AsyncSession) -> None:
    person, _ = await two_people(session)
    promised = {
        table.fullname: len(keys)
        for table, keys in (await to_erase(session, METADATA, person["beneficiaries"])).items()
    }
    removed = await erase_person(session, METADATA, person["beneficiaries"])
    assert removed == promised
    assert removed["beneficiaries"] == removed["households"] == removed["rasa.events"] == removed["rasa.fences"] == 1
    assert "slots" not in removed
    assert not set(removed) & set(REFERENCE)


async def test_the_household_stays_until_its_last_member_goes(session: AsyncSession) -> None:
    person, other = await two_people(session)
    shared = update(TABLES["beneficiaries"]).where(TABLES["beneficiaries"].c.id == other["beneficiaries"])
    await session.execute(shared.values(household_id=person["households"]))
    exported = await export_person(session, METADATA, person["beneficiaries"])
    assert [one["id"] for one in exported["beneficiaries"]] == [str(person["beneficiaries"])]
    assert len(exported["households"]) == 1
    assert "households" not in await erase_person(session, METADATA, person["beneficiaries"])
    assert (await erase_person(session, METADATA, other["beneficiaries"]))["households"] == 1


async def test_the_number_of_one_person_leads_to_what_was_written_from_it(session: AsyncSession) -> None:
    person, _ = await two_people(session)
    conversation = await sms_conversation(session, PHONE, person["authorities"])
    said = {"author": "person", "text": "bonjour", "says": [], "status": "answered"}
    message = await add(session, "messages", conversation_id=conversation, seq=1, **said)
    found = await belongings(session, METADATA, person["beneficiaries"])
    assert conversation in found[TABLES["conversations"]]
    assert message in found[TABLES["messages"]]


async def test_what_was_written_from_a_shared_number_stays_with_those_who_share_it(session: AsyncSession) -> None:
    person, other = await two_people(session)
    people = TABLES["beneficiaries"]
    await session.execute(update(people).where(people.c.id == other["beneficiaries"]).values(phone=PHONE))
    conversation = await sms_conversation(session, PHONE, person["authorities"])
    await erase_person(session, METADATA, person["beneficiaries"])
    assert await row(session, TABLES["conversations"], conversation)
    # The last of them takes it along.
    await erase_person(session, METADATA, other["beneficiaries"])
    assert await row(session, TABLES["conversations"], conversation) is None


async def test_what_somebody_else_asked_for_in_the_same_browser_stays_theirs(session: AsyncSession) -> None:
    person, other = await two_people(session)
    escalations = TABLES["escalations"]
    theirs = update(escalations).where(escalations.c.id == other["escalations"])
    await session.execute(theirs.values(conversation_id=person["conversations"]))
    found = await belongings(session, METADATA, person["beneficiaries"])
    assert found[escalations] == [person["escalations"]]
    await erase_person(session, METADATA, person["beneficiaries"])
    kept = await row(session, escalations, other["escalations"])
    assert (kept["beneficiary_id"], kept["conversation_id"]) == (other["beneficiaries"], None)


async def test_an_unknown_person_is_refused_in_a_sentence(session: AsyncSession) -> None:
    for ask in (export_person, erase_person, to_erase):
        with pytest.raises(NotFound) as refused:
            await ask(session, METADATA, uuid4())
        assert refused.value.message == "Aucune personne n'a cet identifiant."


async def test_a_fence_goes_before_the_events_that_it_guards(session: AsyncSession) -> None:
    """The other way round, Rasa could write one more event between the two."""
    person, _ = await two_people(session)
    removed = await erase_person(session, METADATA, person["beneficiaries"])
    assert list(removed).index("rasa.fences") < list(removed).index("rasa.events")
    assert await session.scalar(select(func.count()).select_from(TABLES["rasa.events"])) == 1
