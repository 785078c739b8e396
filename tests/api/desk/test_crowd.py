"""Two thousand who wait are listed at once."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from api.core.database import Database
from tests import factories
from tests.api.desk.conftest import Team
from tests.api.desk.test_queue import seen, statements

MANY = 2_000


async def test_two_thousand_who_wait_are_two_questions_and_no_table_is_read_whole(
    team: Team, database: Database
) -> None:
    async with database.transaction() as session:
        await crowd(session, team.nolwenn.organisation_id, MANY)
        await crowd(session, team.stranger.organisation_id, 15 * MANY)
        for table in ("escalations", "escalation_events", "beneficiaries", "caseworkers", "conversations", "messages"):
            await session.execute(text(f"ANALYZE {table}"))
    with statements(database) as asked:
        page = await seen(database, team, after=100)
        assert (page.total, len(page.items)) == (MANY, 50)
        assert (await seen(database, team, search="formations")).total == MANY
    assert len(asked) == 4
    async with database.transaction() as session:
        connection = await session.connection()
        for statement, parameters in asked:
            plan = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            read = "\n".join(line for (line,) in plan)
            assert "Seq Scan on escalation_events" not in read
            assert "Seq Scan on escalations" not in read
            assert "Seq Scan on messages" not in read


async def crowd(session: AsyncSession, organisation: UUID, many: int) -> None:
    """So many requests of an organisation, each with its first event, and with what was said before it."""
    # Checks of foreign keys, planned when autovacuum has just seen the tables empty, read them whole: 30,000 times,
    # past the limit of a statement. Analysed, they are planned anew.
    await session.execute(text("SET LOCAL enable_seqscan = off"))
    await session.execute(text("ANALYZE conversations, messages, escalations"))
    rows = text("""
        WITH talks AS (
            INSERT INTO conversations (id, channel, authority_code, token_digest, mode, mode_version, level, last_seq,
                answered_seq, fence, rasa_cursor, rasa_turns)
            SELECT gen_random_uuid(), 'web', :authority, uuid_send(gen_random_uuid()), 'assistant', 0, 'nobody', 2, 0,
                0, 0, 0
            FROM generate_series(1, :many) RETURNING id
        ), said AS (
            INSERT INTO messages (id, conversation_id, seq, author, text, says, status)
            SELECT gen_random_uuid(), id, seq, 'person', 'une formation demain', '[]', 'answered'
            FROM talks, generate_series(1, 2) AS seq
        ), made AS (
            INSERT INTO escalations
                (id, authority_code, organisation_id, conversation_id, channel, reason, kind, line, due_at)
            SELECT gen_random_uuid(), :authority, :organisation, id, 'web', 'asked', 'to_answer', 'bonjour',
                now() + row_number() OVER () * interval '1 minute'
            FROM talks RETURNING id
        )
        INSERT INTO escalation_events (id, escalation_id, seq, event)
        SELECT gen_random_uuid(), id, 1, 'opened' FROM made
    """)
    given = {"authority": factories.AUTHORITY, "organisation": organisation, "many": many}
    await session.execute(rows, given)
