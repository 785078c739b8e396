"""Faults of an installation, one at a time: how each is planted, and which check must find it."""

import shutil
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, make_url, text, update

from api.caseworkers.tables import Caseworker, CaseworkerAccount
from api.conversations.routes import Why
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.clock import now
from api.core.heartbeats import Heartbeat
from api.doctor.examining import DATABASE
from api.mails.tables import MailKind, OutgoingMail
from tests import factories
from tests.api.doctor.conftest import Patient

Plant = Callable[[Patient], Awaitable[None]]
LONG_AGO = timedelta(minutes=30)


def sms(**given: Any) -> OutgoingSms:
    made: dict[str, Any] = {"phone": "+33639980001", "sender": "Hent", "kind": SmsKind.reply, "text": "Bonjour"}
    return OutgoingSms(**(made | given))


async def a_short_secret(patient: Patient) -> None:
    patient.settings["secret_key"] = "secret"


async def the_same_secret_twice(patient: Patient) -> None:
    patient.actions_token = patient.rasa_token


async def a_secret_of_a_demonstration(patient: Patient) -> None:
    (patient.folder / "demo/secrets.env").write_text(f"HENT_RASA_TOKEN={patient.rasa_token}\n")


async def a_secret_that_all_may_read(patient: Patient) -> None:
    folder = patient.folder / "open"
    folder.mkdir(mode=0o755)
    (folder / "key").write_text("x")
    (folder / "key").chmod(0o644)
    patient.environment["HENT_SECRET_KEY_FILE"] = str(folder / "key")


async def a_site_without_tls(patient: Patient) -> None:
    patient.settings["public_url"] = "http://hent.example.org"


async def links_to_this_machine(patient: Patient) -> None:
    patient.settings["desk_url"] = "https://127.0.0.1:8001"


async def one_name_for_both(patient: Patient) -> None:
    patient.settings["desk_url"] = "https://hent.example.org/bureau"


async def a_proxy_that_nobody_knows(patient: Patient) -> None:
    patient.environment["FORWARDED_ALLOW_IPS"] = ""


async def anybody_for_a_proxy(patient: Patient) -> None:
    patient.environment["FORWARDED_ALLOW_IPS"] = "*"


async def no_dump(patient: Patient) -> None:
    shutil.rmtree(patient.folder / "backups")
    (patient.folder / "backups").mkdir()


async def no_way_out_for_sms(patient: Patient) -> None:
    patient.settings["sms_providers"] = {}


async def a_gateway_that_is_away(patient: Patient) -> None:
    patient.settings["sms_providers"] = {"kannel": patient.provider(url="tcp://127.0.0.1:9")}


async def no_mail_server(patient: Patient) -> None:
    patient.settings["smtp_host"] = ""


async def a_mail_server_that_is_away(patient: Patient) -> None:
    patient.settings["smtp_port"] = 9


async def a_rasa_without_a_model(patient: Patient) -> None:
    patient.rasa_is_ready = False


async def another_secret_at_rasas(patient: Patient) -> None:
    patient.rasa_expects = "another"


async def a_model_of_another_version(patient: Patient) -> None:
    patient.rasa = {"model": "/app/models/hent-0123456789abcdef.tar.gz"}


async def no_actions(patient: Patient) -> None:
    patient.actions_listen = False


async def another_secret_for_the_actions(patient: Patient) -> None:
    patient.actions_expect = "another"


async def a_wrong_password(patient: Patient) -> None:
    wrong = make_url(patient.database.url).set(password="not-this-one")
    patient.settings["DATABASE_URL"] = wrong.render_as_string(hide_password=False)


async def tables_of_before(patient: Patient) -> None:
    await patient.run(text("UPDATE alembic_version SET version_num = '0001'"))


async def no_tables(patient: Patient) -> None:
    await patient.run(text("DROP TABLE alembic_version"))


async def invented_people_in_a_real_house(patient: Patient) -> None:
    await patient.run(text("UPDATE installation SET kind = 'demo'"))


async def a_clock_that_is_fast(patient: Patient) -> None:
    patient.late = timedelta(seconds=40)


async def a_rasa_without_rights(patient: Patient) -> None:
    await patient.run(text("REVOKE INSERT ON rasa.events FROM hent_rasa"))


async def a_rasa_that_reads_messages(patient: Patient) -> None:
    await patient.run(text("GRANT SELECT ON messages TO hent_rasa"))


async def a_dead_worker(patient: Patient) -> None:
    await patient.run(update(Heartbeat).values(seen_at=now() - timedelta(minutes=1)))


async def somebody_who_waits(patient: Patient) -> None:
    async with patient.database.transaction() as session:
        talk = await factories.conversation(session)
        talk.waiting_since = now() - LONG_AGO


async def an_sms_that_nobody_takes(patient: Patient) -> None:
    await patient.put(sms(next_attempt_at=now() - LONG_AGO))


async def an_account_without_credit(patient: Patient) -> None:
    await patient.put(sms(status=SmsStatus.dead, why=Why.no_credit))


async def an_e_mail_that_nobody_takes(patient: Patient) -> None:
    row = OutgoingMail(kind=MailKind.late, recipient="nolwenn@example.org", subject="Une demande attend", text="…")
    row.next_attempt_at = now() - LONG_AGO
    await patient.put(row)


async def rows_that_should_be_gone(patient: Patient) -> None:
    await patient.put(sms(status=SmsStatus.sent, created_at=now() - timedelta(days=33)))


async def an_authority_that_does_not_exist(patient: Patient) -> None:
    patient.settings["default_authority"] = "cd99"


async def a_route_to_nobody(patient: Patient) -> None:
    patient.settings["sms_routes"] = {"cd99": ["kannel"]}


async def nobody_to_watch_over_the_desk(patient: Patient) -> None:
    await patient.run(delete(CaseworkerAccount))


async def a_supervisor_who_left(patient: Patient) -> None:
    await patient.run(update(Caseworker).values(active=False))


FAULTS: dict[Plant, str] = {
    a_short_secret: "Secrets",
    the_same_secret_twice: "Secrets",
    a_secret_of_a_demonstration: "Secrets de démonstration",
    a_secret_that_all_may_read: "Fichiers des secrets",
    a_site_without_tls: "Adresses",
    links_to_this_machine: "Adresses",
    one_name_for_both: "Adresses",
    a_proxy_that_nobody_knows: "Proxy",
    anybody_for_a_proxy: "Proxy",
    no_dump: "Sauvegarde",
    no_way_out_for_sms: "Fournisseurs de SMS",
    a_gateway_that_is_away: "Fournisseurs de SMS",
    no_mail_server: "Serveur de courriel",
    a_mail_server_that_is_away: "Serveur de courriel",
    a_rasa_without_a_model: "Rasa",
    another_secret_at_rasas: "Secret de Rasa",
    a_model_of_another_version: "Modèle de Rasa",
    no_actions: "Actions",
    another_secret_for_the_actions: "Actions",
    a_wrong_password: DATABASE,
    tables_of_before: "Tables",
    no_tables: "Tables",
    invented_people_in_a_real_house: "Type de la base",
    a_clock_that_is_fast: "Horloge",
    a_rasa_without_rights: "Rôle de Rasa",
    a_rasa_that_reads_messages: "Rôle de Rasa",
    a_dead_worker: "Travailleur",
    somebody_who_waits: "Questions",
    an_sms_that_nobody_takes: "SMS en attente",
    an_account_without_credit: "Compte de SMS",
    an_e_mail_that_nobody_takes: "Courriels en attente",
    rows_that_should_be_gone: "Conservation",
    an_authority_that_does_not_exist: "Collectivités",
    a_route_to_nobody: "Collectivités",
    nobody_to_watch_over_the_desk: "Responsables",
    a_supervisor_who_left: "Responsables",
}
