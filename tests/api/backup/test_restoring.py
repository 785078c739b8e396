"""A restored house says nothing a second time, and loses nothing that was in the dump."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, update
from sqlalchemy.exc import ProgrammingError

from api import worker
from api.appointments.reminding.running import remind
from api.appointments.tables import Reminder
from api.backup import awakening
from api.backup.awakening import GAP, awaken, last_sign, start_what_was_due
from api.backup.restoring import NotRestored
from api.beneficiaries.tables import Beneficiary
from api.caseworkers.tables import CaseworkerSession
from api.conversations import inbound, service
from api.conversations.leases import claim
from api.conversations.routes import Why
from api.conversations.sms_tables import IncomingSms, OutgoingSms, SmsStatus
from api.conversations.tables import Conversation, Message, Mode
from api.core import heartbeats
from api.core.clock import now
from api.core.database import Database
from api.core.health import missing_tables
from api.core.installation import Kind
from api.core.sealing import Sealer
from api.desk.sweeping import sweep
from api.identity import links
from api.migrations.everything import METADATA
from api.migrations.run import drift, head, migrate
from api.supervisor.postgres import temporary
from api.texts.voice import Voices
from tests import factories
from tests.api.appointments.reminding.conftest import LONG_AGO, ONE_DAY, VISIT
from tests.api.backup.houses import ask, run
from tests.api.backup.waking import PHONE, left, put, restored, sms, status_of
from tests.conftest import RASA_PASSWORD


async def test_a_question_by_sms_that_was_in_hand_is_not_answered_twice(
    living: Database, empty: str, tmp_path: Path, sealer: Sealer
) -> None:
    async with living.transaction() as session:
        talk = await service.by_number(session, PHONE, "Hent", "cd29")
        await service.receive(session, sealer, talk.id, service.Incoming("sms:1", "c kan mon rdv"))
        await session.execute(update(Conversation).values(waiting_since=now() - timedelta(seconds=5)))
        await inbound.store(session, sealer, "demo", inbound.Arrived("2", PHONE, "38080", "et ou"))
    woken = await restored(living, empty, tmp_path)
    async with woken.transaction() as session:
        assert await claim(session, 10) == []
        assert await session.scalar(select(func.count()).where(IncomingSms.handled_at.is_(None))) == 0
        assert await session.scalar(select(Message.text)) == "c kan mon rdv"
    await woken.close()


async def test_a_question_on_the_web_is_answered_under_a_number_that_no_page_has_seen(
    living: Database, empty: str, tmp_path: Path, sealer: Sealer
) -> None:
    async with living.transaction() as session:
        begun, token = await service.begin(session, sealer, "cd29", None)
        await service.receive(session, sealer, begun.id, service.Incoming("one", "bonjour"))
    woken = await restored(living, empty, tmp_path)
    async with woken.transaction() as session:
        assert [waiting for waiting, _ in await claim(session, 10)] == [begun.id]
        seq = await service.receive(session, sealer, begun.id, service.Incoming("two", "il y a quelqu'un ?"))
        assert seq == 1 + GAP + 2
        assert await service.receive(session, sealer, begun.id, service.Incoming("one", "bonjour")) == 1
    await woken.close()


async def test_whoever_comes_back_reads_since_when_something_is_lost(
    living: Database, empty: str, tmp_path: Path, sealer: Sealer
) -> None:
    async with living.transaction() as session:
        begun, _ = await service.begin(session, sealer, "cd29", None)
        old, _ = await service.begin(session, sealer, "cd29", None)
        month = {"last_activity_at": now() - timedelta(days=29)}
        await session.execute(update(Conversation).where(Conversation.id == old.id).values(month))
    woken = await restored(living, empty, tmp_path)
    async with woken.transaction() as session:
        [told] = await session.scalars(select(Message))
        assert (told.conversation_id, told.says, told.seq) == (begun.id, ["service_restored"], GAP + 1)
        kept = select(Conversation.last_activity_at).where(Conversation.id == begun.id)
        assert await session.scalar(kept) == begun.last_activity_at
    await woken.close()


async def test_a_wait_that_was_over_is_not_told_again_by_sms(
    living: Database, empty: str, tmp_path: Path, sealer: Sealer
) -> None:
    async with living.transaction() as session:
        talk = await service.by_number(session, PHONE, "Hent", "cd29")
        waits = {"mode": Mode.waiting, "waiting_until": now() - timedelta(days=2)}
        await session.execute(update(Conversation).where(Conversation.id == talk.id).values(waits))
    woken = await restored(living, empty, tmp_path)
    async with woken.transaction() as session:
        assert await session.scalar(select(Conversation.mode)) is Mode.assistant
        await sweep(session, sealer, now())
    assert await left(woken, sealer) == []
    assert ask(empty, "SELECT status, why FROM outgoing_sms") == [("unknown", "restored")]
    await woken.close()


async def test_a_reminder_that_was_due_since_the_dump_is_not_sent_again(living: Database, sealer: Sealer) -> None:
    async with living.transaction() as session:
        person = (await session.scalars(select(Beneficiary))).one()
        await factories.appointment(session, person, VISIT, source_updated_at=LONG_AGO)
        await session.execute(update(heartbeats.Heartbeat).values(seen_at=ONE_DAY - timedelta(hours=7)))
    # Dumped at three in the morning, restored the next night: the reminder went at ten in between.
    night = ONE_DAY + timedelta(hours=17)
    async with living.transaction() as session:
        since = await last_sign(session)
    await start_what_was_due(living, since, night)
    async with living.transaction() as session:
        await awaken(session, now())
    assert await remind(living, Voices(), VISIT - timedelta(minutes=10)) == 0
    assert await left(living, sealer) == []
    async with living.transaction() as session:
        written = list(await session.scalars(select(Reminder.sms_id)))
        assert written
        assert None not in written
        assert set(await session.scalars(select(OutgoingSms.why))) == {Why.restored}


def test_whatever_a_worker_starts_is_started_before_it_is_held() -> None:
    started = {name for name in vars(worker) if name.startswith("remind")} | {"sweep"}
    assert len(started) > 2
    assert started <= set(vars(awakening))


async def test_secrets_that_are_good_once_and_sessions_are_good_no_more(
    living: Database, empty: str, tmp_path: Path, sealer: Sealer
) -> None:
    async with living.transaction() as session:
        person = (await session.scalars(select(Beneficiary))).one()
        await links.make(session, sealer, person.id, now())
        worker = await factories.caseworker(session)
        session.add(
            CaseworkerSession(caseworker_id=worker.id, token_digest=b"t", proved=True, created_at=now(), seen_at=now())
        )
    woken = await restored(living, empty, tmp_path)
    assert ask(empty, "SELECT count(*) FROM personal_links WHERE expires_at > now()") == [(0,)]
    assert ask(empty, "SELECT count(*) FROM caseworker_sessions WHERE ended_at IS NULL") == [(0,)]
    await woken.close()


async def test_a_restored_house_is_a_house(living: Database, empty: str, tmp_path: Path) -> None:
    before = {
        table.fullname: ask(living.url, f"SELECT count(*) FROM {table.fullname}") for table in METADATA.sorted_tables
    }
    woken = await restored(living, empty, tmp_path)
    assert await missing_tables(woken, head()) == []
    after = {name: ask(empty, f"SELECT count(*) FROM {name}") for name in before}
    assert {name for name in before if before[name] != after[name]} == {"heartbeats"}
    engine = create_engine(empty)
    with engine.connect() as connection:
        assert drift(connection) == []
    engine.dispose()
    await woken.close()


async def test_a_database_brought_back_otherwise_is_held_back_too(living: Database, sealer: Sealer) -> None:
    one = await put(living, sms(SmsStatus.queued))
    held = _hent(living.url, "restore", "--wake-only")
    assert held.returncode == 0, held.stderr
    assert await left(living, sealer) == []
    assert await status_of(living, one.id) == (SmsStatus.unknown, Why.restored)
    assert await missing_tables(living, head()) == []


async def test_a_restore_that_dies_half_way_leaves_nothing_that_anybody_starts(
    living: Database, empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr("api.backup.restoring.awaken", dies)
    with pytest.raises(RuntimeError, match="killed"):
        await restored(living, empty, tmp_path)
    woken = Database(empty)
    assert await missing_tables(woken, head()) == ["migrations"]
    await woken.close()
    with pytest.raises(ProgrammingError, match="already exists"):
        migrate(empty, Kind.production, RASA_PASSWORD)
    assert ask(empty, "SELECT * FROM alembic_version") == []


async def test_a_database_that_holds_anything_is_left_alone(living: Database, empty: str, tmp_path: Path) -> None:
    run(empty, "CREATE TABLE theirs AS SELECT 7 AS n")
    with pytest.raises(NotRestored, match="pas vide"):
        await restored(living, empty, tmp_path)
    assert ask(empty, "SELECT n FROM theirs") == [(7,)]


async def test_a_dump_of_another_version_is_refused(living: Database, empty: str, tmp_path: Path) -> None:
    run(living.url, "UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(NotRestored, match="0001"):
        await restored(living, empty, tmp_path)


async def test_two_commands_make_a_house_again_on_a_new_machine(living: Database, tmp_path: Path) -> None:
    await put(living, sms(SmsStatus.queued))
    saved = _hent(living.url, "backup", str(tmp_path))
    assert saved.returncode == 0, saved.stderr
    # Another cluster: neither Rasa's role nor anything else of the first is there.
    with temporary() as elsewhere:
        back = _hent(elsewhere.url, "restore", saved.stdout.strip())
        assert back.returncode == 0, back.stderr
        assert "SMS retenus, peut-être déjà partis : 1." in back.stdout
        rights = "SELECT has_table_privilege('hent_rasa', 'rasa.events', 'INSERT')"
        assert ask(elsewhere.url, rights) == [(True,)]
        assert ask(elsewhere.url, "SELECT version_num FROM alembic_version") == [(head(),)]


def _hent(url: str, *words: str) -> "subprocess.CompletedProcess[str]":
    env = os.environ | {"DATABASE_URL": url, "HENT_REMINDERS": "false", "HENT_RASA_DB_PASSWORD": "only-for-tests"}
    env |= {f"HENT_{name}": "only for tests" for name in ("SECRET_KEY", "RASA_TOKEN", "ACTIONS_TOKEN")}
    argv = [sys.executable, "-m", "api.cli", *words]
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
