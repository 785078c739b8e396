"""A letter's last day across turns: typed, corrected, left for something else and come back to, told to nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from api.core.clock import today
from api.core.database import Database
from api.core.sealing import Sealer
from api.letters.tables import LetterDeadline
from api.texts.formats import full_date, long_day
from tests.rules_rasa import RulesRasa
from tests.talking import Talk

PHONE = "+33639980077"
LETTER = ("ask_letter", ("action_letter",))
DAY = today() + timedelta(days=40)
WRITTEN = full_date(DAY)


@pytest.fixture
def rules(database: Database) -> RulesRasa:
    """Understands every message as about a letter, until a test decides otherwise."""
    rasa = RulesRasa(database)
    rasa.means = LETTER
    return rasa


@pytest.fixture
async def asked(house: Database, sealer: Sealer, rules: RulesRasa) -> Talk:
    """A page on which the last day was just asked for."""
    talk = await Talk(house, sealer, rules.client()).begin()
    assert await talk.say("un courrier de contrôle") == ["ask_letter", "letter_ask_day"]
    return talk


async def kept(database: Database) -> int:
    async with database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(LetterDeadline)) or 0


async def test_a_day_alone_is_read_back_in_full_and_kept_after_a_yes(asked: Talk, rules: RulesRasa) -> None:
    rules.means = ("request_callback", ("action_request_callback",))
    assert await asked.say(f"le {WRITTEN}") == ["letter_day"]
    assert long_day(DAY) in (await asked.messages())[-1].text
    assert await asked.say("oui") == ["letter_remind"]
    assert await kept(asked.database) == 0
    assert await asked.say("ok") == ["letter_reminded", "letter_offer"]
    assert await kept(asked.database) == 1


async def test_a_no_with_another_day_corrects_the_first(asked: Talk) -> None:
    await asked.say(f"le {full_date(DAY - timedelta(days=7))}")
    assert await asked.say(f"non, le {WRITTEN}") == ["letter_day"]
    assert long_day(DAY) in (await asked.messages())[-1].text
    assert await asked.say("non") == ["letter_ask_again"]


async def test_what_was_not_answered_is_answered_later(asked: Talk, rules: RulesRasa) -> None:
    rules.means = ("send_documents", ("utter_send_documents",))
    assert await asked.say("où envoyer tout ça") == ["send_documents", "back_to_question", "letter_ask_day"]
    assert await asked.say(WRITTEN) == ["letter_day"]


async def test_a_question_that_names_a_day_is_no_answer(asked: Talk, rules: RulesRasa) -> None:
    rules.means = ("send_documents", ("utter_send_documents",))
    assert (await asked.say(f"où j'envoie mes papiers pour le {WRITTEN} ?"))[0] == "send_documents"


async def test_who_does_not_know_is_offered_somebody(asked: Talk) -> None:
    assert await asked.say("je sais pas, j'ai perdu la lettre") == ["letter_no_day"]
    assert await asked.say("non merci") == ["letter_kept"]


async def test_the_third_of_a_month_is_no_third_choice(asked: Talk) -> None:
    # On the 1st and the 2nd it may be too near to be read back, and it is still a day.
    assert (await asked.say("le 3"))[0] in {"letter_day", "letter_offer"}


async def test_an_urgent_word_comes_before_the_answer(asked: Talk) -> None:
    assert await asked.say(f"je veux mourir avant le {WRITTEN}") == ["emergency_distress"]


async def test_stop_on_a_page_takes_its_reminders_back(asked: Talk, rules: RulesRasa) -> None:
    for text in (f"le {WRITTEN}", "oui", "oui", "non"):
        await asked.say(text)
    assert await kept(asked.database) == 1
    rules.means = ("stop_sms", ("utter_stop_sms",))
    assert await asked.say("stop les rappels") == ["stop_sms"]
    assert await kept(asked.database) == 0


async def test_by_sms_it_is_answered_in_words_and_a_stop_forgets_it(
    house: Database, sealer: Sealer, rules: RulesRasa
) -> None:
    phone = await Talk(house, sealer, rules.client()).ring(PHONE)
    assert await phone.say(f"courrier a rendre pour le {WRITTEN}") == ["ask_letter", "letter_day"]
    assert await phone.say("OUI") == ["letter_remind"]
    assert await phone.say("oui") == ["letter_reminded", "letter_offer"]
    assert await kept(house) == 1
    assert await phone.say("STOP") == ["stop_sms"]
    assert await kept(house) == 0
