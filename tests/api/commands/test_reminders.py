"""What reminders say can be read before they go, and whom none reaches is listed and printed."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from api.appointments.tables import ReminderKind
from api.authorities.tables import Authority
from api.core.clock import now
from api.core.database import Database
from tests import factories
from tests.api.commands.conftest import Run


@pytest.fixture
async def someone(database: Database) -> None:
    """A person without a telephone, with an appointment."""
    async with database.transaction() as session:
        person = await factories.person(session)
        await factories.appointment(session, person, now() + timedelta(days=2))


@pytest.mark.usefixtures("someone")
@pytest.mark.parametrize("kind", list(ReminderKind))
async def test_a_kind_is_previewed_with_what_it_costs(hent: Run, kind: ReminderKind) -> None:
    ended = await hent("reminders", "preview", kind, "--authority", "cd29")
    assert ended.exit_code == 0
    assert ended.stdout.startswith("cd29 : ")
    assert "Département du Finistère : " in ended.stdout
    assert int(ended.stdout.split()[2]) <= 2


@pytest.mark.usefixtures("someone")
async def test_what_a_confidential_file_reads_is_previewed_too(hent: Run) -> None:
    ended = await hent("reminders", "preview", "one_day", "--authority", "cd29", "--confidential")
    assert "Rappel : mardi 1er décembre à 9 h 30." in ended.stdout
    assert ended.stdout.startswith("cd29 : 1 SMS ")
    assert (await hent("reminders", "preview", "missed", "--confidential")).exit_code == 1


@pytest.mark.usefixtures("someone")
async def test_the_reminder_of_a_letter_is_previewed_and_names_no_authority(hent: Run) -> None:
    ended = await hent("reminders", "letter", "--authority", "cd29")
    assert ended.stdout.startswith("cd29 : 1 SMS ")
    assert "mardi 8 décembre" in ended.stdout
    assert "Finistère" not in ended.stdout


@pytest.mark.usefixtures("someone")
async def test_an_authority_that_does_not_exist_is_refused(hent: Run) -> None:
    assert (await hent("reminders", "preview", "one_day", "--authority", "nowhere")).exit_code == 1


@pytest.mark.usefixtures("someone")
async def test_whom_no_sms_reaches_is_listed_and_printed_for_nobody_else(hent: Run, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    ended = await hent("reminders", "unreachable", "--pdf", folder)
    assert "Maëlle Le Goff\tBrest\tpas de numéro de portable" in ended.stdout
    (file,) = folder.iterdir()
    said = PdfReader(file).pages[0].extract_text()
    assert re.search(r"^[1-589]\d{2} \d{3} \d{3}$", said, re.MULTILINE)
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.usefixtures("someone")
async def test_an_authority_switches_a_kind_off_and_on(hent: Run, database: Database) -> None:
    async def switched_off() -> list[str]:
        async with database.transaction() as session:
            return (await session.get_one(Authority, "cd29")).no_reminders

    for kind in ("missed", "one_day", "missed"):
        assert (await hent("reminders", "off", kind, "--authority", "cd29")).exit_code == 0
    assert await switched_off() == ["missed", "one_day"]
    await hent("reminders", "on", "missed", "--authority", "cd29")
    assert await switched_off() == ["one_day"]
