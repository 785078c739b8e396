"""Each fault that can be planted is found and named, and a healthy house has none."""

import os
import secrets
import shutil
from datetime import timedelta
from types import SimpleNamespace

import pytest

from api.core.clock import now
from api.doctor.examining import DATABASE, GROUND, INSIDE, OUTSIDE, POOLED
from api.knowledge import reviewing
from tests.api.backup.houses import made
from tests.api.doctor.conftest import Patient
from tests.api.doctor.planting import (
    FAULTS,
    Plant,
    a_secret_of_a_demonstration,
    a_site_without_tls,
    a_wrong_password,
    invented_people_in_a_real_house,
)
from tests.api.doctor.pooler import pooling

EVERYTHING = {*OUTSIDE, DATABASE, *GROUND, *INSIDE}


async def test_a_healthy_house_has_nothing(patient: Patient) -> None:
    examined = await patient.examined()
    assert examined.troubles == {}
    assert set(examined.found) == EVERYTHING


@pytest.mark.parametrize(("plant", "name"), FAULTS.items(), ids=[plant.__name__ for plant in FAULTS])
async def test_a_planted_fault_is_found_and_nothing_else(patient: Patient, plant: Plant, name: str) -> None:
    await plant(patient)
    troubles = (await patient.examined()).troubles
    assert list(troubles) == [name]
    assert troubles[name].what.endswith((".", "?"))
    assert troubles[name].cure.endswith((".", "?"))


async def test_a_full_disk_is_found(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10_000_000))
    assert list((await patient.examined()).troubles) == ["Disque"]


async def test_a_dump_of_the_day_before_yesterday_is_too_old(patient: Patient) -> None:
    [last] = (patient.folder / "backups").iterdir()
    old = (now() - timedelta(days=2)).timestamp()
    os.utime(last, (old, old))
    assert list((await patient.examined()).troubles) == ["Sauvegarde"]


async def test_facts_that_nobody_read_again_are_found(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    soonest = min(review.stated.review_by for review in reviewing.due(now().date() + timedelta(days=4000)))
    monkeypatch.setattr("api.doctor.people.paris", lambda _: SimpleNamespace(date=lambda: soonest + timedelta(days=1)))
    assert "Faits datés" in (await patient.examined()).troubles


async def test_a_database_without_our_alphabet_is_found(patient: Patient, database_url: str) -> None:
    with made(database_url, "template0 ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'") as plain:
        patient.settings["DATABASE_URL"] = plain
        assert list((await patient.examined()).troubles) == ["Alphabet de la base", "Tables"]


async def test_a_pooler_that_loses_our_limits_is_found(patient: Patient) -> None:
    async with pooling(patient.database.url, ignores=True) as through:
        patient.settings["DATABASE_URL"] = through
        assert list((await patient.examined()).troubles) == ["Intermédiaire"]


async def test_a_pooler_that_refuses_our_limits_is_called_by_its_name(patient: Patient) -> None:
    async with pooling(patient.database.url, ignores=False) as through:
        patient.settings["DATABASE_URL"] = through
        assert (await patient.examined()).troubles == {DATABASE: POOLED}


async def test_nothing_that_is_said_holds_a_secret(patient: Patient) -> None:
    weak = secrets.token_hex(4)
    patient.settings["secret_key"] = weak
    await a_wrong_password(patient)
    said = repr((await patient.examined()).troubles)
    assert weak not in said
    assert "not-this-one" not in said


async def test_without_a_database_the_rest_is_still_looked_at(patient: Patient) -> None:
    await a_wrong_password(patient)
    await a_site_without_tls(patient)
    examined = await patient.examined()
    assert list(examined.troubles) == ["Adresses", DATABASE]
    assert not set(examined.found) & set(INSIDE)


async def test_a_demonstration_needs_neither_tls_nor_a_way_out(patient: Patient) -> None:
    await invented_people_in_a_real_house(patient)
    patient.settings |= {"demo": True, "smtp_host": "", "sms_providers": {}, "public_url": "http://127.0.0.1:8000"}
    await a_secret_of_a_demonstration(patient)
    assert (await patient.examined()).troubles == {}


def test_every_check_has_its_fault() -> None:
    assert EVERYTHING - set(FAULTS.values()) == {"Disque", "Faits datés", "Alphabet de la base", "Intermédiaire"}
