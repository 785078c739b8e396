"""An e-mail goes out by a real SMTP server: once if it is taken, again if it is not, never to nobody."""

from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from api.core.clock import now
from api.core.database import Database
from api.core.sealing import Sealer
from api.mails import sending
from api.mails.sending import Keeper
from api.mails.service import Mail, queue_mail
from api.mails.smtp import Smtp
from api.mails.tables import MailKind, MailStatus, OutgoingMail
from tests.api.mails.conftest import Server, settings

TO, SUBJECT = "ronan@exemple.fr", "Ce matin : 3 demandes à traiter"
TEXT = "Voilà ce qui attend.\n\nLe bureau :\nhttps://bureau.exemple.fr/\n"
MAIL = Mail(MailKind.digest, TO, SUBJECT, TEXT, "digest/1")


def read(message: EmailMessage) -> str:
    """Its text; on the wire lines end in two signs."""
    text: str = message.get_content()
    return text.replace("\r\n", "\n")


async def queued(database: Database, mail: Mail = MAIL, sealer: Sealer | None = None) -> None:
    async with database.transaction() as session:
        await queue_mail(session, mail, sealer)


async def due_again(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(update(OutgoingMail).values(next_attempt_at=now()))


async def statuses(database: Database) -> list[MailStatus]:
    async with database.transaction() as session:
        return list(await session.scalars(select(OutgoingMail.status)))


async def test_it_arrives_as_it_was_written(
    database: Database, sealer: Sealer, server: Server, controller: Controller
) -> None:
    await queued(database)
    assert await sending.send_due(database, sealer, Smtp(settings(controller)))
    assert not await sending.send_due(database, sealer, Smtp(settings(controller)))
    [got] = server.got
    assert (got["To"], got["Subject"], got["From"]) == (TO, SUBJECT, "Hent <hent@exemple.fr>")
    assert read(got) == TEXT
    assert got["Message-ID"].endswith("@exemple.fr>")
    assert got["Auto-Submitted"] == "auto-generated"
    assert await statuses(database) == [MailStatus.sent]


async def test_the_same_reference_is_one_letter(database: Database) -> None:
    await queued(database)
    await queued(database, Mail(MailKind.digest, "autre@exemple.fr", SUBJECT, TEXT, MAIL.reference))
    assert await statuses(database) == [MailStatus.queued]


async def test_without_a_reference_each_is_one(database: Database) -> None:
    for _ in range(2):
        await queued(database, Mail(MailKind.invitation, TO, SUBJECT, TEXT))
    assert len(await statuses(database)) == 2


async def test_a_secret_is_opened_only_to_be_sent(
    database: Database, sealer: Sealer, server: Server, controller: Controller
) -> None:
    await queued(database, sealer=sealer)
    async with database.transaction() as session:
        row = (await session.scalars(select(OutgoingMail))).one()
        assert row.text is None
        assert b"bureau" not in (row.sealed or b"")
    await sending.send_due(database, sealer, Smtp(settings(controller)))
    assert read(server.got[0]) == TEXT


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        pytest.param("450 busy", MailStatus.queued, id="not now"),
        pytest.param("550 nobody here", MailStatus.dead, id="never"),
    ],
)
async def test_what_is_not_taken_waits_or_is_given_up(
    database: Database, sealer: Sealer, server: Server, controller: Controller, answer: str, after: MailStatus
) -> None:
    await queued(database)
    server.answer = answer
    await sending.send_due(database, sealer, Smtp(settings(controller)))
    assert await statuses(database) == [after]
    assert server.got == []


async def test_a_server_that_is_away_is_tried_again_until_it_is_given_up(
    database: Database, sealer: Sealer, controller: Controller
) -> None:
    away = Smtp(settings(controller, smtp_port=9))
    await queued(database)
    for _ in sending.PAUSES:
        assert await sending.send_due(database, sealer, away)
        assert await statuses(database) == [MailStatus.queued]
        assert not await sending.send_due(database, sealer, away)
        await due_again(database)
    await sending.send_due(database, sealer, away)
    assert await statuses(database) == [MailStatus.dead]


async def test_a_worker_that_died_while_sending_sends_again_under_the_same_name(
    database: Database, sealer: Sealer, server: Server, controller: Controller
) -> None:
    await queued(database)
    carrier = Smtp(settings(controller))
    await sending.send_due(database, sealer, carrier)
    async with database.transaction() as session:
        await session.execute(update(OutgoingMail).values(status=MailStatus.sending))
    await due_again(database)
    await sending.send_due(database, sealer, carrier)
    first, second = server.got
    assert first["Message-ID"] == second["Message-ID"]


async def test_where_it_must_be_encrypted_a_server_that_does_not_gets_nothing(
    database: Database, sealer: Sealer, server: Server, controller: Controller
) -> None:
    await queued(database)
    await sending.send_due(database, sealer, Smtp(settings(controller, smtp_tls="starttls")))
    assert server.got == []
    assert await statuses(database) == [MailStatus.queued]


async def test_it_is_encrypted_and_signed_in_where_the_server_asks_for_it(
    database: Database, sealer: Sealer, server: Server, guarded: Controller
) -> None:
    await queued(database)
    login = {"smtp_tls": "starttls", "smtp_user": "hent", "smtp_password": "mot de passe"}
    await sending.send_due(database, sealer, Smtp(settings(guarded, **login)))
    assert server.encrypted == [True]
    assert await statuses(database) == [MailStatus.sent]


async def test_a_wrong_password_of_ours_loses_nothing(
    database: Database, sealer: Sealer, server: Server, guarded: Controller
) -> None:
    await queued(database)
    login = {"smtp_tls": "starttls", "smtp_user": "hent", "smtp_password": "faux"}
    await sending.send_due(database, sealer, Smtp(settings(guarded, **login)))
    assert server.got == []
    assert await statuses(database) == [MailStatus.queued]


async def test_a_server_that_nobody_vouches_for_gets_nothing(
    database: Database, sealer: Sealer, server: Server, guarded: Controller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    await queued(database)
    await sending.send_due(database, sealer, Smtp(settings(guarded, smtp_tls="starttls")))
    assert server.got == []
    assert await statuses(database) == [MailStatus.queued]


async def test_in_a_demonstration_it_is_kept_to_be_read(database: Database, sealer: Sealer) -> None:
    await queued(database, sealer=sealer)
    assert await sending.send_due(database, sealer, Keeper())
    async with database.transaction() as session:
        [(row, text)] = await sending.kept(session, sealer)
    assert (row.status, text) == (MailStatus.sent, TEXT)
