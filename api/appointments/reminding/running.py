"""The look that a worker takes: everything that is due, each in a transaction of its own."""

import logging
from datetime import datetime

from api.appointments.reminding import steps
from api.appointments.reminding.deciding import decide
from api.appointments.reminding.journeys import of_pathways
from api.appointments.reminding.occasions import Occasion, of_appointments
from api.appointments.reminding.withdrawing import withdraw
from api.core.database import Database
from api.texts.voice import Voices

log = logging.getLogger("hent.reminding")

Due = Occasion | steps.SilentStep


async def remind(database: Database, voices: Voices, now: datetime) -> int:
    """Decide what is due at `now` and tell of silent steps; how many were decided here, none once all is done.

    A hundred of each kind: the next look has the right time. One that fails leaves nothing behind, stops no other, and
    is taken up later.
    """
    async with database.transaction() as session:
        await withdraw(session, now)
    async with database.transaction() as session:
        due: list[Due] = [*await of_appointments(session, now), *await of_pathways(session, now)]
        due += await steps.silent_steps(session, now)
    decided = 0
    for one in due:
        try:
            decided += await _one(database, voices, one, now)
        except Exception as error:
            log.warning("not decided: %s", type(error).__name__)
    return decided


async def _one(database: Database, voices: Voices, one: Due, now: datetime) -> bool:
    async with database.transaction() as session:
        if isinstance(one, steps.SilentStep):
            return await steps.tell(session, one, now)
        return await decide(session, voices, one, now)
