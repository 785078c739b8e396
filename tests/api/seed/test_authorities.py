"""Every team can be reached, and whoever is away has been away, or will be back."""

from datetime import timedelta

import pytest

from api.authorities.hours import DAYS
from api.caseworkers import passwords
from api.caseworkers.tables import Role
from api.core.errors import Unreadable
from api.seed import authorities, files
from tests.api.seed.filling import DAY


def test_hours_are_days_and_spans() -> None:
    written = [row["hours"] for row in (*authorities.authorities(), *authorities.organisations())]
    written += [row["hours"] for row in authorities.caseworkers(DAY)]
    for hours in filter(None, written):
        assert set(hours) <= set(DAYS)
        for spans in hours.values():
            assert all(opens < closes for opens, closes in spans)


def test_an_answer_is_promised_within_two_or_three_days() -> None:
    assert {row["answer_days"] for row in authorities.authorities()} == {2, 3}


def test_some_professional_is_away_with_a_stand_in_some_without_an_end_and_some_not_yet() -> None:
    away = [row for row in authorities.caseworkers(DAY) if row["absent_from"]]
    assert any(row["stand_in_id"] and row["absent_from"] <= DAY <= row["absent_until"] for row in away)
    assert any(row["absent_until"] is None and row["stand_in_id"] is None for row in away)
    assert any(row["absent_from"] > DAY + timedelta(days=40) for row in away)


def test_who_stands_in_is_of_the_same_authority_comes_first_and_is_there() -> None:
    rows = authorities.caseworkers(DAY)
    of = {row["id"]: row["authority_code"] for row in authorities.organisations()}
    for place, row in enumerate(rows):
        if row["stand_in_id"]:
            (other,) = [one for one in rows[:place] if one["id"] == row["stand_in_id"]]
            assert of[other["organisation_id"]] == of[row["organisation_id"]]
            assert other["absent_from"] is None


def test_every_professional_is_named_once() -> None:
    names = [authorities.full_name(worker) for _, worker in authorities.staff()]
    assert len(set(names)) == len(names)
    assert {team["name"] for team, _ in authorities.workers()} < {
        team["name"] for authority in files.authorities() for team in authority["organisations"]
    }


def test_who_may_read_no_message_follows_nobody() -> None:
    following = {authorities.caseworker_id(authorities.full_name(worker)) for _, worker in authorities.workers()}
    roles = {row["role"] for row in authorities.caseworkers(DAY) if row["id"] not in following}
    assert roles == {Role.administrator, Role.auditor}
    assert not roles & {row["role"] for row in authorities.caseworkers(DAY) if row["id"] in following}


def test_the_password_of_the_demonstration_is_refused_to_whoever_chooses_one() -> None:
    with pytest.raises(Unreadable):
        passwords.check(authorities.PASSWORD, "Gwenola", "Tanguidé")


def test_everybody_has_an_account_with_the_same_digest() -> None:
    rows = authorities.accounts()
    assert {row["caseworker_id"] for row in rows} == {row["id"] for row in authorities.caseworkers(DAY)}
    [digest] = {row["password_digest"] for row in rows}
    assert passwords.verify(authorities.PASSWORD, digest)


def test_the_demonstration_s_own_site_shows_the_chat_of_each() -> None:
    site = ["http://127.0.0.1:8002"]
    assert [row["sites"] for row in authorities.authorities(site)] == [site] * len(files.authorities())
