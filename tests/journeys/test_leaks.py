"""Run last: after all that was said, neither Rasa's tables nor any log holds anything of anybody."""

from datetime import UTC
from pathlib import Path

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text

from api.core.clock import paris
from api.texts.formats import clock_time, day
from tests.journeys.crowd import ORDINARY
from tests.journeys.playing import QUESTION, BySms
from tests.journeys.records import Records
from tests.journeys.scanner import Secrets, secrets_of, sent_codes
from tests.stack import ROOT, Person, Stack

pytestmark = pytest.mark.stack

TELLING = "06 39 98 56 09"
"""Marion Evenard's, who has an e-mail address, and tells all that can be told."""
TOLD = [
    "Bonjour, je suis Marion Evenard, née le 31/10/1988, mon numéro est le {phone}",
    "Evenard Marion, 31 octobre 1988, +33 (0)6.39.98.56.09, marion.evenard@example.org",
    "mon numéro de dossier c'est 5600108 et mon tel 0639985609",
    "Andriy Kovalets m'a dit d'écrire, son numéro est 06-39-98-56-01",
    "mon numéro de sécu 2 88 10 56 260 123 20",
]


@pytest.fixture(scope="module")
def talk(stack: Stack) -> str:
    """Everything is told, on the web and by SMS, before, while and after somebody says who they are; their code."""
    records = Records(stack)
    person = Person(stack.url)
    for said in TOLD:
        person.say(said.format(phone=TELLING))
    person.say(QUESTION)
    person.say("je m'appelle Marion Evenard")
    person.identify(TELLING, "31 octobre 88")
    records.settle(person.conversation)
    for said in (
        *TOLD,
        "c'est où mon rendez-vous",
        "quels papiers je dois apporter",
        f"mon code était {sent_codes(records)[-1]}",
    ):
        person.say(said.format(phone=TELLING))
    texting = BySms(records, ORDINARY[-1][0])
    for said in (QUESTION, *TOLD):
        texting.write(said.format(phone=TELLING))
    records.settle(records.known_number(texting.phone))
    return sent_codes(records)[-1]


@pytest.fixture(scope="module")
def secrets(stack: Stack, talk: str) -> Secrets:
    """What everybody's data are, once all codes are sent."""
    found = secrets_of(Records(stack))
    assert talk in found.numbers
    assert len(found.phones) > 40
    return found


def dumped(connection: Connection) -> str:
    """Every row of every table of Rasa's schema."""
    tables = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'rasa'")).scalars().all()
    assert "events" in tables
    rows = [row for table in tables for row in connection.execute(text(f"SELECT * FROM rasa.{table}"))]
    return "\n".join("\t".join(map(str, row)) for row in rows)


def leaks(secrets: Secrets, logs: list[Path]) -> dict[str, set[str]]:
    """The logs that hold something, and what."""
    found = {log.name: secrets.found_in(log.read_text(errors="replace")) for log in logs}
    return {name: held for name, held in found.items() if held}


def test_rasas_tables_hold_nothing_of_anybody(records: Records, secrets: Secrets) -> None:
    with create_engine(records.stack.database_url, poolclass=NullPool).connect() as connection:
        dump = dumped(connection)
    assert dump.count('"event": "user"') > 10
    assert secrets.found_in(dump) == set()


@pytest.mark.parametrize("name", ["postgres", "migrate", "seed", "train", "rasa", "worker", "serve"])
def test_a_log_holds_nothing_of_anybody(records: Records, secrets: Secrets, name: str) -> None:
    logs = sorted((records.stack.folder / "logs").glob(f"{name}.log*"))
    assert logs
    assert {log.name: secrets.found_in(log.read_text(errors="replace")) for log in logs} == {
        log.name: set() for log in logs
    }


def test_no_other_log_is_kept(records: Records, secrets: Secrets) -> None:
    built = sorted((ROOT / "build").glob("*.log"))
    others = [log for log in records.stack.folder.rglob("*.log*") if log.parent.name != "logs" and log.is_file()]
    assert others == []
    assert {log.name: secrets.found_in(log.read_text(errors="replace")) for log in built} == {
        log.name: set() for log in built
    }


def planted(records: Records) -> dict[str, str]:
    """One of each kind, in the spellings that were met or feared."""
    visit = records.all("SELECT starts_at, address, place_name FROM appointments WHERE address IS NOT NULL LIMIT 1")[0]
    code = sent_codes(records)[-1]
    at = visit.starts_at
    return {
        "names": "soazig kermarrec",
        "names, the last first, as JSON": "KERMARREC \\u0053oazig",
        "a composed name, folded": "goulven kerdoncuff loaec",
        "E.164": "+33639983001",
        "national": "06 39 98 30 01",
        "national with dots": "06.39.98.30.01",
        "together": "0639983001",
        "a birth date": "1988-04-12",
        "a birth date in figures": "12/04/1988",
        "a birth date in words": "12 avril 1988",
        "a birth date, the century left out": "12-04-88",
        "a code": f'"{code}"',
        "a code in two parts": f"{code[:3]} {code[3:]}",
        "an e-mail address": "clemence.bertinval@example.org",
        "a case": "dossier 3000101",
        "an appointment in UTC": at.astimezone(UTC).isoformat(),
        "an appointment in Paris": str(paris(at)),
        "an appointment, spoken": f"{day(at)} à {clock_time(at)}",
        "an address": visit.address.upper(),
        "a place": f"le {visit.place_name.lower()}",
    }


def test_the_scanner_finds_what_is_planted_in_a_log(records: Records, secrets: Secrets, tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    missed = []
    for kind, secret in planted(records).items():
        log.write_text(f'{{"at": "2026-11-24T00:00:00.000+00:00", "level": "info", "says": "turn: {secret}"}}\n')
        missed += [] if secrets.found_in(log.read_text()) else [kind]
    assert missed == []


def test_the_scanner_finds_what_is_planted_in_rasas_tables(records: Records, secrets: Secrets) -> None:
    plant = text("INSERT INTO rasa.events (sender_id, type_name, data) VALUES (:kind, 'planted', :data)")
    kinds = planted(records)
    rows = [{"kind": kind, "data": f'{{"text": "{secret}"}}'} for kind, secret in kinds.items()]
    with create_engine(records.stack.database_url, poolclass=NullPool).connect() as connection:
        connection.execute(plant, rows)
        lines = [line for line in dumped(connection).splitlines() if "\tplanted\t" in line]
        connection.rollback()
    assert len(lines) == len(kinds)
    assert [line for line in lines if not secrets.found_in(line)] == []
