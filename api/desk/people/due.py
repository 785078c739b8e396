"""What is due for somebody whom one follows: decided from days alone, and said in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from api.appointments.tables import Status
from api.core.clock import paris
from api.desk.people.numbers import UNREACHABLE, WORDS, Bar
from api.pathways.delays import Term, contract
from api.pathways.state import Stage, State
from api.texts.formats import full_date

QUIET = timedelta(days=60)
"""Without an appointment for so long, a pathway has stopped."""
UNANSWERED = timedelta(days=7)


class What(StrEnum):
    """What is due, the most pressing first."""

    contract = "contract"
    no_appointment = "no_appointment"
    missed = "missed"
    no_answer = "no_answer"
    unreachable = "unreachable"


@dataclass(frozen=True)
class Due:
    """Something to do, since when, in a few words."""

    what: What
    label: str
    since: date
    """The day that counts: the earliest is the most pressing."""


@dataclass(frozen=True)
class Meeting:
    """An appointment, as far as it counts here."""

    starts_at: datetime
    status: Status


@dataclass(frozen=True)
class Followed:
    """What is known of somebody's follow-up."""

    state: State
    meetings: Sequence[Meeting]
    """In the order of time."""
    written_at: datetime | None = None
    """When we last wrote, as long as it is the person's turn."""
    bar: Bar | None = None
    """Why nothing that we start reaches them."""

    def ahead(self, now: datetime) -> Meeting | None:
        """The next appointment that stands."""
        return next((one for one in self.meetings if one.starts_at > now and one.status is Status.unknown), None)


def due(known: Followed, now: datetime) -> list[Due]:
    """All that is due at `now` (aware), the most pressing first; nothing for a pathway that is closed."""
    if known.state.stage is Stage.closed:
        return []
    parts = (_contract(known, now), _appointment(known, now), _missed(known, now), _answer(known, now))
    return [one for part in (*parts, _reach(known, now)) for one in part]


def _contract(known: Followed, now: datetime) -> Iterator[Due]:
    today = paris(now).date()
    held = contract(known.state, today) if known.state.stage is Stage.contract else None
    if held and held.term is not Term.running:
        says = "Contrat fini le" if held.term is Term.ended else "Contrat jusqu'au"
        yield Due(What.contract, f"{says} {full_date(held.ends_on)}", held.ends_on)


def _appointment(known: Followed, now: datetime) -> Iterator[Due]:
    """Missed and cancelled ones are none; one whose outcome nobody noted may have been held."""
    held = [one for one in known.meetings if one.starts_at <= now and one.status in (Status.seen, Status.unknown)]
    last = paris(held[-1].starts_at).date() if held else known.state.followed_since or known.state.since
    if known.ahead(now) or (last and paris(now).date() - last < QUIET):
        return
    met = f"Aucun rendez-vous depuis le {full_date(last)}" if last else "Aucun rendez-vous"
    yield Due(What.no_appointment, met, last or date.min)


def _missed(known: Followed, now: datetime) -> Iterator[Due]:
    """Until another one is taken, or held."""
    past = [one for one in known.meetings if one.starts_at <= now and one.status in (Status.seen, Status.noshow)]
    if past and past[-1].status is Status.noshow and not known.ahead(now):
        day = paris(past[-1].starts_at).date()
        yield Due(What.missed, f"Rendez-vous manqué le {full_date(day)}", day)


def _answer(known: Followed, now: datetime) -> Iterator[Due]:
    if known.written_at and now - known.written_at >= UNANSWERED:
        day = paris(known.written_at).date()
        yield Due(What.no_answer, f"Sans réponse depuis le {full_date(day)}", day)


def _reach(known: Followed, now: datetime) -> Iterator[Due]:
    if known.bar in UNREACHABLE:
        yield Due(What.unreachable, WORDS[known.bar], paris(now).date())
