"""Facts on the terminal: all, those to read again, and those behind a sentence or an answer that somebody got."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.conversations.tables import Author, Conversation, Message, MessageStatus
from api.core.database import Database
from api.knowledge import facts
from api.knowledge.facts import Fact, Stated
from api.knowledge.reviewing import SOON, due
from api.privacy.audience import Channel
from api.texts.tables import TextVersion
from tests import factories
from tests.api.commands.conftest import Run

TODAY = date(2026, 11, 25)


def stated(value: object, since: date, until: date) -> Stated:
    return Stated(value, "un décret", since, until)


def fact(name: str, *everywhere: Stated, **departement: tuple[Stated, ...]) -> Fact:
    own = {number.removeprefix("d"): values for number, values in departement.items()}
    return Fact(name, name, "days", "facts.yml", everywhere, own)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts in every state."""
    since, later = date(2025, 1, 1), TODAY + timedelta(days=365)
    replaced = (stated(1, since, date(2025, 6, 1)), stated(2, date(2026, 1, 1), later))
    made = [
        fact("fine", stated(1, since, later)),
        fact("replaced", *replaced),
        fact("late", stated(1, since, date(2026, 11, 24))),
        fact("later_still", stated(1, since, date(2026, 11, 1))),
        fact("soon", stated(1, since, TODAY + SOON)),
        fact("to_come", stated(1, since, later), stated(2, date(2027, 1, 1), TODAY)),
        fact("local", stated(1, since, later), d22=(stated(None, since, TODAY),)),
    ]
    monkeypatch.setitem(facts.KINDS, "facts", lambda: {one.name: one for one in made})
    for other in set(facts.KINDS) - {"facts"}:
        monkeypatch.delitem(facts.KINDS, other)


def test_what_is_overdue_comes_first_and_what_was_replaced_not_at_all(known: None) -> None:
    assert [(review.fact.name, review.departement) for review in due(TODAY)] == [
        ("later_still", None),
        ("late", None),
        ("local", "22"),
        ("to_come", None),
        ("soon", None),
    ]


async def test_the_list_of_what_to_read_fails_only_when_it_is_late(hent: Run, known: None) -> None:
    late = await hent("facts", "due", "--on", TODAY)
    assert late.exit_code == 1
    assert [line.split("\t")[:3] for line in late.stdout.splitlines()][:3] == [
        ["en retard", "2026-11-01", "later_still"],
        ["en retard", "2026-11-24", "late"],
        ["bientôt", "2026-11-25", "local (22)"],
    ]
    in_time = await hent("facts", "due", "--on", "2026-10-31")
    assert in_time.exit_code == 0
    assert "en retard" not in in_time.stdout


async def test_every_fact_is_listed_with_its_places_and_days(hent: Run, known: None) -> None:
    lines = (await hent("facts")).stdout.splitlines()
    assert lines[0].split("\t") == ["nom", "valeur", "unité", "valable depuis", "à relire avant", "source"]
    assert "replaced\t2\tdays\t2026-01-01\t2027-11-25\tun décret" in lines
    assert "local (22)\t–\tdays\t2025-01-01\t2026-11-25\tun décret" in lines
    assert len(lines) == 11


async def test_a_text_tells_the_facts_of_each_of_its_forms(hent: Run) -> None:
    ended = await hent("facts", "trace", "rsa_declaration")
    web, sms, simple, *at_msa = ended.stdout.split("rsa_declaration, ")[1:]
    assert "declaration_prefilled_since = 2025-03-01 date, depuis le 2025-03-01" in web
    assert simple.startswith("simple, le ")
    assert "declaration_every_months = 3 months" in simple
    assert [form.split(",")[0] for form in at_msa] == ["web (MSA)", "sms (MSA)", "simple (MSA)"]
    assert "declaration_prefilled_since" not in sms
    assert "data/reference/numbers.yml" in sms
    assert "service-public.fr, fiche F19778" in sms


@pytest.mark.parametrize(("departement", "told"), [("22", "= 30 percent"), ("29", "= – percent")])
async def test_a_text_is_traced_where_the_person_lives(hent: Run, departement: str, told: str) -> None:
    ended = await hent("facts", "trace", "rsa_suspended", "--departement", departement)
    assert f"sanction_first_voted_percent {told}" in ended.stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("nothing",), "Aucun texte ne s'appelle « nothing »."),
        ((), "Donnez le nom d'un texte"),
        (("greet", "--message", uuid4()), "Donnez le nom d'un texte"),
        (("--message", uuid4()), "Ce message n'existe pas, ou n'existe plus."),
    ],
)
async def test_what_cannot_be_traced_is_refused_in_a_sentence(hent: Run, words: tuple[object, ...], why: str) -> None:
    ended = await hent("facts", "trace", *words)
    assert ended.exit_code == 1
    assert ended.stderr.startswith(why)


async def stored(database: Database, says: list[str], at: datetime, **given: Any) -> UUID:
    """An answer that somebody got."""
    async with database.transaction() as session:
        conversation: Conversation = await factories.conversation(session, **given)
        message = Message(
            conversation_id=conversation.id,
            seq=1,
            author=Author.assistant,
            text="…",
            says=says,
            status=MessageStatus.sent,
            created_at=at,
        )
        session.add(message)
        await session.flush()
        return message.id


async def test_an_answer_is_traced_as_it_was_made(hent: Run, database: Database) -> None:
    at = datetime(2026, 6, 1, 10, tzinfo=UTC)
    sms = {"channel": Channel.sms, "phone": "+33639980001", "sender": "Hent"}
    message = await stored(database, ["rsa_amount", "a_text_of_the_past"], at, **sms)
    ended = await hent("facts", "trace", "--message", message)
    assert ended.exit_code == 0
    assert ended.stdout.startswith("rsa_amount, sms, le 2026-06-01 :\n  rsa_base_single = 651.69 eur")
    assert "rsa_amount, web" not in ended.stdout
    assert ended.stdout.endswith("a_text_of_the_past : ce texte n'existe plus\n")


async def test_what_was_said_in_simple_words_is_traced_as_such(hent: Run, database: Database) -> None:
    message = await stored(database, ["said_more_simply", "rsa_payment_date"], datetime(2026, 11, 1, tzinfo=UTC))
    told = (await hent("facts", "trace", "--message", message)).stdout
    assert "rsa_payment_date, simple, le 2026-11-01 :\n  bank_delay_days = 3 days" in told
    assert "rsa_payment_date, web" not in told
    assert "rsa_payment_date, sms" not in told


async def test_the_wording_of_that_day_is_traced_not_a_later_one(hent: Run, database: Database) -> None:
    at = datetime(2026, 6, 1, 10, tzinfo=UTC)
    message = await stored(database, ["greet"], at)
    async with database.transaction() as session:
        for number, words in enumerate(["{{ facts.appeal_months }}", "{{ facts.activity_hours }}"]):
            version = TextVersion(authority_code="cd29", name="greet", version=number, web=words, approved_by="A.")
            version.approved_at = at + timedelta(days=2 * number - 1)
            session.add(version)
    ended = await hent("facts", "trace", "--message", message)
    assert "appeal_months = 2 months" in ended.stdout
    assert "activity_hours" not in ended.stdout


async def test_what_a_person_wrote_is_made_of_nothing(hent: Run, database: Database) -> None:
    message = await stored(database, [], datetime(2026, 6, 1, tzinfo=UTC))
    assert "aucun texte de Hent" in (await hent("facts", "trace", "--message", message)).stdout


async def test_a_fact_of_an_answer_that_was_late_by_then_is_shown_late(hent: Run, database: Database) -> None:
    message = await stored(database, ["appeal_decision"], datetime(2031, 1, 1, tzinfo=UTC))
    assert "EN RETARD" in (await hent("facts", "trace", "--message", message)).stdout
