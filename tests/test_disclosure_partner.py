"""Whoever has the telephone, the first name and the date of birth learns nothing of a confidential file.

Each intent of the table is played on both channels, in each state that can be reached without what only the person
has. The measure is a telephone of nobody: what is said to it, word for word and message for message.
"""

import re

import pytest

from api.conversations import loops
from api.core.database import Database
from api.core.sealing import Sealer
from api.privacy.audience import Channel
from api.privacy.disclosure import table
from tests import factories
from tests.partner import WORD, Partner, file_of
from tests.rules_rasa import RulesRasa, rules
from tests.talking import Talk
from tests.test_topics import domain_intents

NOBODYS, CONFIDENTIAL, ORDINARY = "+33639981141", "+33639982241", "+33639983341"
"""They end alike, since the end of a number is said again."""
ABOUT_FILES = (*table()["personal"], *table()["mixed"], "request_callback", "ask_transcript", "delete_data")


@pytest.fixture(autouse=True)
def all_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may spread their attempts over days: forty answers are no protection."""
    monkeypatch.setattr(loops, "A_DAY", 10_000)


@pytest.fixture
async def house(database: Database) -> Database:
    """One authority answers whoever is unknown, another follows whoever is known."""
    async with database.transaction() as session:
        await factories.authority(session)
        await factories.organisation(session)
    return database


async def partner(house: Database, sealer: Sealer, phone: str, channel: Channel) -> Partner:
    rasa = RulesRasa(house)
    return await Partner(Talk(house, sealer, rasa.client()), rasa, phone, channel).begin()


async def proves(one: Partner) -> None:
    """As far as a telephone, a first name and a date of birth lead."""
    one.rasa.means = next(rule for rule in rules() if rule[0] == "ask_next_appointment")
    await one.tries("asks", "c'est quand le rendez-vous ?")
    await one.tries("number and date", f"Soazig, 0{one.phone[3:]}, 14/05/1990")


async def on_the_web(one: Partner) -> Partner:
    """Nobody; a check that waits for a number; for a code; not received; used up; the agreed word."""
    await one.asks()
    await proves(one)
    await one.asks(*ABOUT_FILES)
    for said in ("je n'ai pas reçu le code", "Soazig", WORD, *(f"00000{number}" for number in range(5))):
        await one.tries(said, said)
    await one.asks(*ABOUT_FILES)
    return one


async def by_sms(one: Partner) -> Partner:
    """The number alone; answers to what was not asked; the agreed word; STOP, START, a wrong number."""
    await one.asks()
    one.rasa.means = "nlu_fallback", ("utter_not_understood",)
    for said in ("OUI", "NON", "1", "PLUS", "le deuxième", "👍", "annuler", "Soazig", "14/05/1990", "START", "AIDE"):
        await one.tries(said, said)
    for order in (WORD, "STOP", "mauvais numéro"):
        await one.tries(order, order)
        await one.asks(*ABOUT_FILES)
    return one


PLAYS = {Channel.web: on_the_web, Channel.sms: by_sms}


def test_every_intent_of_the_table_has_its_rule_here() -> None:
    assert {intent for intent, _ in rules()} == domain_intents() | {"nlu_fallback"}


@pytest.mark.parametrize("channel", Channel)
async def test_a_confidential_file_is_as_silent_as_a_number_of_nobody(
    channel: Channel, house: Database, sealer: Sealer
) -> None:
    planted = await file_of(house, sealer, CONFIDENTIAL, confidential=True)
    theirs = await PLAYS[channel](await partner(house, sealer, CONFIDENTIAL, channel))
    nobodys = await PLAYS[channel](await partner(house, sealer, NOBODYS, channel))
    assert planted.found_in(theirs.heard) == set()
    assert len(theirs.read) > len(rules())
    assert [said for said in theirs.read if said not in nobodys.read] == []
    assert theirs.read == nobodys.read
    assert await theirs.talk.telephone(CONFIDENTIAL) == await nobodys.talk.telephone(NOBODYS)


async def test_the_same_play_finds_what_an_ordinary_file_holds(house: Database, sealer: Sealer) -> None:
    """By SMS the hour and the place; on the web, with the code that the telephone gets, who and until when."""
    planted = await file_of(house, sealer, ORDINARY, confidential=False)
    texting = await partner(house, sealer, ORDINARY, Channel.sms)
    await texting.asks(*ABOUT_FILES)
    assert {"rue des Semis", "02 61 91 00 56"} <= planted.found_in(texting.heard)
    assert {"Plantevin", "carnet des semis"}.isdisjoint(planted.found_in(texting.heard))
    browsing = await partner(house, sealer, ORDINARY, Channel.web)
    await proves(browsing)
    code = re.findall(r"\d{6}", (await browsing.talk.telephone(ORDINARY))[-1])
    await browsing.tries("code", code[0])
    await browsing.asks(*ABOUT_FILES)
    assert {"Plantevin", "rue des Semis", "carnet des semis"} <= planted.found_in(browsing.heard)
