"""Which of several appointments somebody means, where they name its day or its hour: "le rdv du 30 décembre"."""

from collections.abc import Sequence

from api.appointments.tables import Appointment
from api.core.clock import paris
from api.core.dates import Reading

NOTHING = Reading()


def named(appointments: Sequence[Appointment], said: Reading) -> Appointment | None:
    """The one that a reading of the message names; None where it names none, or several."""
    found = [one for one in appointments if suits(one, said)] if said.spans or said.hours else []
    return found[0] if len(found) == 1 else None


def suits(appointment: Appointment, said: Reading) -> bool:
    """Whether nothing that was said of days and hours is of another one."""
    starts = paris(appointment.starts_at)
    on_day = not said.spans or any(first <= starts.date() <= last for first, last in said.spans)
    return on_day and (said.hours is None or said.hours[0] <= starts.time() < said.hours[1])
