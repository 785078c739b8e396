"""OUI and NON are understood however people write them; a question is none."""

import pytest

from api.conversations.choosing import Offered, chosen
from api.conversations.tables import Author, MessageStatus
from api.conversations.typed import typed_choice
from api.texts.library import entries
from tests import factories
from tests.api.appointments.reminding.conftest import House
from tests.api.appointments.reminding.test_answering import reminded, talk


@pytest.mark.parametrize(
    "text",
    [
        "OUI",
        "oui je vien",
        "👍",
        "Oui !",
        "ok",
        "ok jy serai",
        "oui je serai présente",
        "c bon pour moi",
        "oui merci",
        "✅",
        "je viendrai",
    ],
)
async def test_yes_in_any_spelling_is_a_yes(house: House, text: str) -> None:
    assert await _understood(house, text) == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "NON",
        "nn desole",
        "nan dsl",
        "non je peux pas venir",
        "jpeu pas venir",
        "je vien pas",
        "👎",
        "pas possible",
        "non malade",
    ],
)
async def test_no_in_any_spelling_is_a_no(house: House, text: str) -> None:
    assert await _understood(house, text) == "no"


@pytest.mark.parametrize(
    "text", ["c'est où ?", "oui mais a quelle heure", "je dois apporter quoi", "non c'est quoi ce numero", "quel bus ?"]
)
async def test_something_else_is_a_question_and_goes_on_as_one(house: House, text: str) -> None:
    assert await _understood(house, text) is None


async def _understood(house: House, text: str) -> str | None:
    await reminded(house)
    message = await factories.said(house.session, await talk(house), Author.person, text, MessageStatus.received)
    found, _ = await typed_choice(house.session, message, text)
    return found["answer"] if found else None


@pytest.mark.parametrize("name", ["reminder_reply", "reminder_call", "reminder_slots"])
def test_no_word_stands_for_two_answers(name: str) -> None:
    offered = [Offered(one.title, one.words) for one in entries()[name].choices]
    for place, choice in enumerate(offered):
        for word in choice.words:
            assert chosen(word, offered) == place, word
