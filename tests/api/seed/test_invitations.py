"""Invitations are open, expired or answered, as the notes of those who got them say."""

from collections import Counter
from uuid import UUID

from api.pathways.tables import FactKind
from api.seed.calendar import moment
from api.seed.files import Row
from api.seed.invitations import invitations
from api.seed.members import named
from api.seed.pathways import facts
from tests.api.seed.filling import DAY, NOON

ROWS = invitations(DAY)
NOW = moment(DAY, "12:00")


def of(phone: str) -> Row:
    (owner,) = [member.id for member in named() if member.person["phone"] == f"06 39 98 {phone}"]
    (found,) = [row for row in ROWS if row["beneficiary_id"] == owner]
    return found


def days(row: Row, word: str) -> int | None:
    return (row[word] - moment(DAY, "10:00")).days if row[word] else None


def test_the_open_the_expired_and_the_answered_one_are_those_promised() -> None:
    told = [
        [days(of(phone), word) for word in ("sent_at", "expires_at", "answered_at")] for phone in ("42 06", "42 07")
    ]
    assert told == [[-2, 8, None], [-13, -3, None]]
    assert of("42 08")["answered_at"] < NOW


def test_some_of_the_crowd_have_an_open_one_and_some_let_it_expire() -> None:
    states = Counter("open" if row["expires_at"] is None or row["expires_at"] > NOW else "expired" for row in ROWS)
    assert min(states["open"], states["expired"]) >= 3
    assert any(row["expires_at"] is None for row in ROWS)


def test_nobody_has_two_and_each_was_sent_once_the_person_was_known() -> None:
    owners: Counter[UUID] = Counter(row["beneficiary_id"] for row in ROWS)
    assert max(owners.values()) == 1
    known = {row["beneficiary_id"]: row["known_at"] for row in facts(DAY, NOON) if row["kind"] is FactKind.known}
    assert all(known[row["beneficiary_id"]] < row["sent_at"] < NOW for row in ROWS)
