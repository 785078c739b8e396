"""What sums a request up is taken from the conversation, five short lines at most, and nothing is made up."""

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.tables import Author, Conversation, Message, MessageStatus, Turn, TurnKind
from api.core.clock import now
from api.escalations import subjects
from api.escalations.service import Asked, ask_human
from api.escalations.summary import ABOUT, ANSWERED, LANGUAGE, LINES, SIGNS, SINCE, URGENT, WROTE, summary_of
from api.escalations.tables import Escalation, Reason
from api.privacy.audience import Channel
from tests import factories
from tests.factories import AUTHORITY
from tests.test_topics import domain_intents

LABELS = (ABOUT, WROTE, ANSWERED, SINCE, URGENT, LANGUAGE)


async def say(
    session: AsyncSession,
    where: Conversation,
    text: str,
    intent: str,
    answer: str = "D'accord.",
    *,
    says: Sequence[str] = ("greet",),
) -> None:
    """What the person wrote, how it was understood, and what the assistant answered."""
    rows: list[Message] = []
    for author, words in ((Author.person, text), (Author.assistant, answer)):
        where.last_seq += 1
        given = {"author": author, "text": words, "says": list(says), "status": MessageStatus.sent, "created_at": now()}
        rows.append(Message(conversation_id=where.id, seq=where.last_seq, **given))
    session.add_all(rows)
    await session.flush()
    turn = Turn(conversation_id=where.id, message_id=rows[0].id, kind=TurnKind.first, intent=intent)
    session.add(turn)
    await session.flush()
    rows[0].turn_id = rows[1].turn_id = turn.id
    await session.flush()


async def request(session: AsyncSession, where: Conversation, line: str = "un conseiller") -> Escalation:
    asked = Asked(Reason.asked, line, AUTHORITY, Channel.web, where.id)
    row = (await ask_human(session, asked, now())).escalation
    row.created_at = now()
    await session.flush()
    return row


async def test_it_tells_what_was_asked_what_was_answered_and_what_came_since(session: AsyncSession) -> None:
    where = await factories.conversation(session)
    await say(session, where, "bonjour à tous", "greet")
    await say(session, where, "mon rsa est coupé\ndepuis lundi", "rsa_suspended", "La CAF peut suspendre. Appelez.")
    await say(session, where, "je veux un conseiller", "request_human", "C'est noté.")
    row = await request(session, where)
    await say(session, where, "merci", "thank")
    await say(session, where, "je suis là jusqu'à midi", "waiting")

    assert await summary_of(session, row) == [
        "Sujets : RSA suspendu",
        "A écrit : mon rsa est coupé depuis lundi",
        "L'assistant a répondu : La CAF peut suspendre.",
        "Depuis : je suis là jusqu'à midi",
    ]


async def test_what_the_line_of_the_request_says_is_not_said_again(session: AsyncSession) -> None:
    where = await factories.conversation(session)
    long = "mon loyer est impayé " * 12
    await say(session, where, long, "housing_help")
    row = await request(session, where, long)
    assert [one for one in await summary_of(session, row) if one.startswith(WROTE)] == []


async def test_what_is_urgent_comes_first_whenever_it_was_written(session: AsyncSession) -> None:
    where = await factories.conversation(session)
    row = await request(session, where)
    await say(session, where, "je suis à la rue ce soir", "emergency_shelter")
    await say(session, where, "c'est quand mon rendez-vous", "ask_next_appointment")
    assert await summary_of(session, row) == [
        "Message urgent : je suis à la rue ce soir",
        "Depuis : c'est quand mon rendez-vous",
    ]


async def test_what_was_not_understood_may_be_by_whoever_reads_it(session: AsyncSession) -> None:
    where = await factories.conversation(session)
    await say(session, where, "zorglub et patatras", "nlu_fallback")
    assert "A écrit : zorglub et patatras" in await summary_of(session, await request(session, where))


async def test_the_language_that_was_answered_comes_first_by_its_french_name(session: AsyncSession) -> None:
    where = await factories.conversation(session)
    await say(session, where, "متى موعدي القادم؟", "nlu_fallback", "لا أفهم إلا الفرنسية.", says=["language_ar"])
    row = await request(session, where)
    await say(session, where, "merci beaucoup madame", "ask_contract")
    assert await summary_of(session, row) == [
        f"{LANGUAGE} arabe",
        "A écrit : متى موعدي القادم؟",
        "Depuis : merci beaucoup madame",
    ]


async def test_without_a_conversation_there_is_nothing_to_sum_up(session: AsyncSession) -> None:
    where = await factories.conversation(session)
    row = await request(session, where)
    assert await summary_of(session, row) == []
    row.conversation_id = None
    assert await summary_of(session, row) == []


def test_subjects_are_those_that_the_assistant_knows() -> None:
    assert set(subjects.SUBJECTS) <= domain_intents()


TEXTS = st.text(st.sampled_from("abc dé.!?\n…,'"), min_size=1, max_size=300)
TURNS = st.lists(
    st.tuples(TEXTS, st.sampled_from(["rsa_amount", "greet", "nlu_fallback", "thank"]), TEXTS), min_size=1, max_size=8
)


@given(turns=TURNS, opened_after=st.integers(0, 8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_each_line_is_a_piece_of_what_was_written_or_a_label(
    session: AsyncSession, turns: list[tuple[str, str, str]], opened_after: int
) -> None:
    async with session.begin_nested() as undone:
        where = await factories.conversation(session)
        for text, intent, answer in turns[:opened_after]:
            await say(session, where, text, intent, answer)
        row = await request(session, where)
        for text, intent, answer in turns[opened_after:]:
            await say(session, where, text, intent, answer)
        lines = await summary_of(session, row)
        await undone.rollback()

    written = [" ".join(one.split()) for text, _, answer in turns for one in (text, answer)]
    assert len(lines) <= LINES
    assert len(set(lines)) == len(lines)
    for line in lines:
        label = next(label for label in LABELS if line.startswith(label))
        piece = line.removeprefix(f"{label} ")
        assert len(line) <= SIGNS
        if label == ABOUT:
            assert set(piece.split(", ")) <= set(subjects.SUBJECTS.values())
        else:
            assert any(" ".join(piece.split()).removesuffix("…") in one for one in written)
