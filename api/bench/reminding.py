"""Reminders of one morning: decided and written, then handed to the simulated telephones and told of."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from api.appointments.reminding.running import remind
from api.bench.chain import Hopeless
from api.bench.figures import Figure
from api.bench.mornings import crowd
from api.conversations import receipts
from api.conversations.delivery import send_due
from api.conversations.routes import Routes
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.core.clock import PARIS, now, paris
from api.core.database import Database
from api.core.installation import Kind
from api.core.sealing import Sealer
from api.identity.service import digest_word
from api.migrations.run import migrate
from api.seed import seed
from api.supervisor.postgres import temporary
from api.texts.voice import Voices
from channels.sms import demo

_NOBODYS = "for-the-bench-alone"
_UNTOLD = 2
"""Of ten thousand numbers those that end in 9998 and 9999 never end."""


async def reminders(say: Callable[[str], None], many: int) -> list[Figure]:
    """Decided and sent a second by one worker, in a database of its own. Raises Hopeless."""
    say(f"Rappels : {many} rendez-vous du même jour")
    with temporary() as server:
        await asyncio.to_thread(migrate, server.url, Kind.demo, _NOBODYS)
        database = Database(server.url)
        try:
            return await _Morning(database, Sealer(_NOBODYS), _a_tuesday(), many).figures()
        finally:
            await database.close()


@dataclass(frozen=True, slots=True)
class _Morning:
    database: Database
    sealer: Sealer
    at: datetime
    many: int

    async def figures(self) -> list[Figure]:
        await self._fill()
        began = time.perf_counter()
        while await remind(self.database, Voices(), self.at):
            pass
        decided = time.perf_counter()
        written = await self._let_go()
        ready = time.perf_counter()
        await self._send()
        sent = time.perf_counter()
        ended = await self._ended()
        if written != self.many or ended < self.many - _UNTOLD:
            raise Hopeless(f"Rappels : {written} écrits, {ended} dont on sait la fin, sur {self.many}.")
        note = f"{self.many} rappels, un travailleur, téléphones simulés"
        return [
            Figure("reminders_decided_rate", self.many / (decided - began), "1/s", None, note),
            Figure("reminders_sent_rate", self.many / (sent - ready), "1/s", None, note),
        ]

    async def _fill(self) -> None:
        async with self.database.transaction() as session:
            day = paris(self.at).date()
            await seed(session, today=day, now=self.at, digest_word=lambda word: digest_word(self.sealer, word))
            await crowd(session, self.at, self.many)

    async def _let_go(self) -> int:
        """Reminders wait for the day, and a bench may run at night: they leave as answers do, by the same way."""
        async with self.database.transaction() as session:
            mine = update(OutgoingSms).where(OutgoingSms.kind == SmsKind.reminder)
            found = await session.execute(
                mine.values(kind=SmsKind.reply, next_attempt_at=now()).returning(OutgoingSms.id)
            )
            return len(found.all())

    async def _send(self) -> None:
        async def tell(told: receipts.Told) -> None:
            async with self.database.transaction() as session:
                await receipts.store(session, demo.NAME, told)

        routes = Routes.only(demo.SimulatedProvider(tell), demo.NAME)
        while await send_due(self.database, self.sealer, routes):
            await receipts.apply_due(self.database)
        while await receipts.apply_due(self.database):
            pass

    async def _ended(self) -> int:
        async with self.database.transaction() as session:
            ends = OutgoingSms.status.in_([SmsStatus.delivered, SmsStatus.failed])
            return await session.scalar(select(func.count()).select_from(OutgoingSms).where(ends)) or 0


def _a_tuesday() -> datetime:
    """At ten: three days later is a Friday."""
    day = paris(now()).date()
    day += timedelta(days=(1 - day.weekday()) % 7 + 7)
    return datetime(day.year, day.month, day.day, 10, tzinfo=PARIS)
