"""Their own contract first for whoever may hear it; for the others what a contract is."""

from typing import Any

import pytest

from api.pathways.tables import FactKind
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from tests.actions.living import CONTRACT, House, ends
from tests.actions.test_listener import talking


@pytest.mark.parametrize(
    ("facts", "own"),
    [
        ([], "contract_none"),
        ([(FactKind.notified, 5, None)], "contract_to_sign"),
        ([(FactKind.contract_signed, 9, ends(90))], "contract_running"),
        ([(FactKind.contract_signed, 160, ends(20))], "contract_ending"),
        ([(FactKind.contract_signed, 190, ends(-10))], "contract_ended"),
        ([(FactKind.contract_ended, 10, None)], "contract_ended"),
    ],
)
async def test_whoever_may_hear_it_hears_their_own_contract_first(
    house: House, facts: list[tuple[FactKind, int, Any]], own: str
) -> None:
    person = await house.lives(*facts)

    assert await house.told(CONTRACT, person) == [own, "ask_contract"]
    assert await house.told(CONTRACT, person, mine="yes") == [own]


async def test_the_others_hear_what_a_contract_is_and_may_say_who_they_are(house: House) -> None:
    on_the_web = await house.ask(CONTRACT, await talking(house.database))
    by_sms = await talking(house.database, channel=Channel.sms, phone="+33639980002", sender="38200")
    mine = await house.ask(CONTRACT, await talking(house.database), mine="yes")

    assert on_the_web == [Saying("ask_contract", {"mine": True})]
    assert await house.ask(CONTRACT, by_sms) == [Saying("ask_contract", {"mine": False})]
    assert mine == [Saying("identify_first")]
