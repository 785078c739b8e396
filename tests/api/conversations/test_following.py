"""A short question after a list, one course or an appointment is answered with the facts of what was shown."""

from datetime import date

import pytest

from api.conversations.tables import Conversation
from api.core.database import Database
from api.core.sealing import Sealer
from api.privacy.audience import Level
from api.support.sayings import listed
from api.support.search import Help, Page, Reach
from api.texts.schemas import Saying
from api.training.sayings import detail
from api.training.sayings import listed as courses_listed
from api.training.search import Offer
from api.training.search import Page as Courses
from api.training.shown import offer_of
from api.training.tables import Entry
from tests import factories
from tests.api.conversations.test_cards import PHONE, answering, next_one, somebody
from tests.factories import LANDERNEAU
from tests.scripted_rasa import ScriptedRasa, says
from tests.talking import Talk


async def courses(talk: Talk) -> list[Offer]:
    async with talk.database.transaction() as session:
        welding = await factories.training(session, entry_level="CAP", certifying=True)
        first = await factories.training_session(
            session,
            welding,
            LANDERNEAU,
            entry=Entry.fixed,
            starts_on=date(2027, 1, 11),
            hours=420,
            remaining_cost_cents=0,
        )
        cooking = await factories.training(session, title="Commis de cuisine", trades=["cuisine"])
        second = await factories.training_session(
            session, cooking, hours=70, phone="+33261910021", pace="le matin", conditions="Tenue de cuisine"
        )
        return [offer for one in (first, second) if (offer := await offer_of(session, one.id, None))]


async def shows_list(talk: Talk, rasa: ScriptedRasa) -> list[Offer]:
    offers = await courses(talk)
    answering(talk, rasa, "search_training", courses_listed(Courses(offers, 2)))
    await talk.say("une formation à Brest")
    rasa.asked.clear()
    rasa.answer = lambda asked: says("greet", "greet")
    return offers


async def hears(talk: Talk, text: str) -> tuple[list[str], str]:
    after = await talk.write(text)
    await talk.answer()
    heard = [message for message in await talk.messages(after) if message.says]
    return [name for message in heard for name in message.says], "\n".join(message.text for message in heard)


async def test_a_list_is_answered_course_by_course_and_rasa_is_not_asked(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_list(talk, rasa)
    names, text = await hears(talk, "faut un diplome ?")
    assert names == ["course_diploma"]
    assert "1. Titre professionnel soudeur : niveau CAP demandé." in text
    assert "2. Commis de cuisine : aucun diplôme demandé." in text
    assert "02 61 91 00 20 ou 02 61 91 00 21" in text
    assert list(await talk.choices()) == ["Détails : Titre professionnel soudeur", "Détails : Commis de cuisine"]
    assert rasa.asked == []


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("ca commence quand la 1", "course_start", "Titre professionnel soudeur : début le 11 janvier 2027."),
        ("c payé la deuxieme ?", "course_pay", "Commis de cuisine : 70 heures."),
        ("les commis c'est le matin ?", "course_pace", "Commis de cuisine : le matin."),
        ("on a un diplome a la fin de la premiere ?", "course_outcome", "elle mène à un diplôme ou à un titre."),
    ],
)
async def test_one_of_a_list_is_meant_by_its_place_or_its_name(
    talk: Talk, rasa: ScriptedRasa, text: str, name: str, told: str
) -> None:
    await shows_list(talk, rasa)
    names, heard = await hears(talk, text)
    assert names == [name]
    assert told in heard
    assert ("soudeur" in heard) != ("Commis" in heard)


async def test_one_question_follows_another(talk: Talk, rasa: ScriptedRasa) -> None:
    offers = await shows_list(talk, rasa)
    answering(talk, rasa, "ask_training_detail", [Saying("training_detail", detail(offers[1]))])
    await talk.say("la deuxieme")
    for text, name, told in (
        ("c'est long ?", "course_length", "70 heures"),
        ("c loin ?", "course_place", "Je n'ai pas l'adresse exacte"),
        ("jai 52 ans c trop tard ?", "course_for_me", "Conditions : Tenue de cuisine."),
        ("faut payer ?", "course_cost", "à demander"),
    ):
        names, heard = await hears(talk, text)
        assert names == [name]
        assert told in heard
        assert "soudeur" not in heard


async def test_another_trade_is_left_to_rasa(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_list(talk, rasa)
    assert await talk.say("faut quel diplome pour aide soignant ?") == ["greet"]
    assert await talk.say("faut un diplome ?") == ["greet"]
    assert len(rasa.asked) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("jai 52 ans. c trop tard ?", ["course_for_me"]),
        ("c a kel date, kan sa comence", ["course_start"]),
        # What offers something to press comes last.
        ("c'est loin ? ya un bus ?", ["course_travel", "course_place"]),
        ("faut un diplome ? et c payé ?", ["course_pay", "course_diploma"]),
    ],
)
async def test_two_short_questions_lean_on_it_too(talk: Talk, rasa: ScriptedRasa, text: str, names: list[str]) -> None:
    await shows_list(talk, rasa)
    assert await talk.say(text) == names
    assert rasa.asked == []


async def test_what_leans_on_its_own_first_half_is_left_to_rasa(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_list(talk, rasa)
    assert await talk.say("je cherche un logement. c'est cher ?") == ["greet"]


async def test_pardon_says_it_again(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_list(talk, rasa)
    await talk.say("faut un diplome ?")
    rasa.answer = lambda asked: says("explain_simpler", "explain_simpler")
    assert await talk.say("pardon ?") == ["said_more_simply", "course_diploma"]


async def test_by_sms_a_number_still_chooses_one(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> None:
    phone = await Talk(house, sealer, rasa.client()).ring(PHONE)
    offers = await shows_list(phone, rasa)
    names, text = await hears(phone, "c loin")
    assert names == ["course_place"]
    assert "répondez avec un numéro" in text
    await phone.say("2")
    assert str(offers[1].session.id) in str(rasa.asked[-1]["intent"])


async def helps(talk: Talk) -> list[Saying]:
    async with talk.database.transaction() as session:
        school = await factories.service(
            session, name="Auto-école solidaire", structure="Route Ouverte", description="Passer le code.", fee="payant"
        )
        fund = await factories.service(
            session, name="Aide au permis", structure="Maison du Ponant", open_to=["professionnels"], phone=None
        )
    found = [Help(school, 3.0, Reach.near), Help(fund, 0.0, Reach.near)]
    return listed(Page(found, 2), known=False)


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("faut payer ?", "help_fee", "Auto-école solidaire : c'est payant, demandez le prix."),
        ("c'est ouvert quand ?", "help_open", "Je n'ai pas les horaires."),
        ("j'y vais direct ou je prends rdv ?", "help_access", "Aide au permis : c'est votre référent qui la demande"),
        ("c quoi exactement", "help_what", "Passer le code."),
        ("c'est qui isabelle ?", "help_who", "Je ne sais pas quelle personne vous répondra."),
        ("et combien ils donnent ?", "help_sum", "Je ne connais pas la somme."),
    ],
)
async def test_a_service_is_asked_about_too(talk: Talk, rasa: ScriptedRasa, text: str, name: str, told: str) -> None:
    answering(talk, rasa, "search_support", await helps(talk))
    await talk.say("une aide pour le permis à Brest")
    names, heard = await hears(talk, text)
    assert names == [name]
    assert told in heard


async def test_a_service_is_meant_by_a_word_of_its_name(talk: Talk, rasa: ScriptedRasa) -> None:
    answering(talk, rasa, "search_support", await helps(talk))
    await talk.say("une aide pour le permis à Brest")
    _, heard = await hears(talk, "c quoi l'auto-ecole")
    assert "Auto-école solidaire" in heard
    assert "Aide au permis" not in heard


async def shows_visit(talk: Talk, rasa: ScriptedRasa, level: Level | None) -> None:
    person = await somebody(talk, level)
    answering(talk, rasa, "ask_next_appointment", await next_one(talk, person))
    await talk.say("c quand mon rdv")


async def test_an_appointment_says_what_it_is_for_and_until_when(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_visit(talk, rasa, Level.code)
    assert (await hears(talk, "c'est pour quoi faire ?"))[0] == ["visit_why"]
    assert (await hears(talk, "sa dure combien de temps"))[0] == ["visit_until"]


@pytest.mark.parametrize(("level", "names"), [(Level.code, ["appointment_with", "visit_who"]), (None, ["visit_who"])])
async def test_whom_they_meet_is_said_to_whoever_may_hear_it(
    talk: Talk, rasa: ScriptedRasa, level: Level | None, names: list[str]
) -> None:
    if level is None:
        await talk.ring(PHONE)
    await somebody(talk, level)
    told = [Saying("appointment_next", {"starts_at": "2026-12-01T09:30:00+01:00", "title": None})]
    answering(talk, rasa, "ask_next_appointment", [*told, Saying("appointment_with", {"with_whom": "Anne Le Roux"})])
    await talk.say("c quand mon rdv")
    assert (await hears(talk, "c avec qui ?"))[0] == names


async def test_the_way_to_an_appointment_is_asked_of_rasa_by_its_intent(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_visit(talk, rasa, Level.code)
    await talk.say("c loin ? ")
    assert rasa.asked[-1]["intent"] == {"name": "ask_appointment_place", "entities": {}}


async def test_by_sms_what_it_is_for_is_not_named(house: Database, sealer: Sealer, rasa: ScriptedRasa) -> None:
    phone = await Talk(house, sealer, rasa.client()).ring(PHONE)
    await shows_visit(phone, rasa, None)
    names, heard = await hears(phone, "c pour koi faire ?")
    assert names == ["visit_why"]
    assert "convocation" in heard
    assert "orientation" not in heard


async def test_whoever_is_no_longer_known_hears_nothing_of_it(talk: Talk, rasa: ScriptedRasa) -> None:
    await shows_visit(talk, rasa, Level.code)
    async with talk.database.transaction() as session:
        conversation = await session.get_one(Conversation, talk.id)
        conversation.level, conversation.beneficiary_id = Level.nobody, None
    assert await talk.say("c'est pour quoi faire ?") == ["ask_number"]
