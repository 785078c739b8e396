"""One day in a house with two workers: the steps of a story, then quiet, then the reckoning."""

from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import text

from api.conversations import delivery, inbound, leases, receipts, service, settling
from api.conversations.inbound import Arrived
from api.conversations.receipts import Told
from api.conversations.routes import Routes
from api.conversations.turn import Tools, answer_all
from api.core.database import Database
from api.core.sealing import Sealer
from tests.faults.checking import RECEIPTS, Check, Findings
from tests.faults.clock import WRONG, Clock
from tests.faults.moments import ACTOR, Actor, Breaker
from tests.faults.network import NAME, Operator
from tests.faults.people import AUTHORITY, Minds, Person, everybody, settle_in
from tests.faults.rasa import RememberingRasa
from tests.faults.story import Fault, Job, Line, Passes, Step, Story, Tells, Thaws, Works, Writes
from tests.faults.working import EXPECTED, AtWork

AT_ONCE = 2
ROUNDS = 60
QUIET = text(f"""
    SELECT NOT EXISTS (SELECT FROM conversations WHERE waiting_since IS NOT NULL OR lease IS NOT NULL)
    AND NOT EXISTS (SELECT FROM incoming_sms WHERE handled_at IS NULL)
    AND NOT EXISTS (SELECT FROM outgoing_sms WHERE status IN ('queued', 'sending'))
    AND NOT EXISTS (SELECT {RECEIPTS} WHERE applied_at IS NULL)
""")


class NeverQuiet(AssertionError):
    """Something still waits, long after nothing breaks any more."""


@dataclass
class Day:
    """The house of one story."""

    story: Story
    database: Database
    sealer: Sealer
    breaker: Breaker
    clock: Clock
    people: list[Person] = field(default_factory=everybody)
    minds: Minds = field(default_factory=Minds)

    def __post_init__(self) -> None:
        self.at_work = AtWork(self.breaker)
        self.operator = Operator(self.story.way)
        self.rasa = RememberingRasa(self.database)
        self.tools = Tools(self.database, self.sealer, self.rasa.client())
        self.routes = Routes.only(self.operator, NAME)

    async def play(self) -> Findings:
        """The whole day. Raises NeverQuiet, and whatever broke that nothing had broken."""
        try:
            return await self._played()
        finally:
            await self.at_work.leave()

    async def _played(self) -> Findings:
        async with self.database.transaction() as session:
            await settle_in(session, self.sealer, self.people)
        for step in self.story.steps:
            await self._pass(1)
            await self._step(step)
        await self._drain()
        failed = Counter(self.rasa.failed)
        async with self.database.transaction() as session:
            return await Check(session, self.operator, failed, self.at_work.interrupted).all(self.people)

    async def _step(self, step: Step) -> None:
        match step:
            case Writes(who, line, fault):
                await self._writes(self.people[who], line, self._actor(f"person {who}", fault))
            case Works():
                await self._works(step)
            case Passes(seconds):
                await self._pass(seconds)
            case Thaws(dies):
                await self._late()
                await self.at_work.thaw(dies=dies)
            case Tells(order, fault):
                await self._tells(Random(order), self._actor("operator", fault), 3)

    async def _pass(self, seconds: float) -> None:
        await self.at_work.hurry(self.clock.ahead + timedelta(seconds=seconds))
        await self.clock.passes(seconds)

    async def _writes(self, person: Person, line: Line, actor: Actor) -> None:
        if self.at_work.is_here(actor.name):
            return
        if text := await self._next(person):
            person.write(text)
        await self._let(actor, self._sends(person, line))

    async def _next(self, person: Person) -> str | None:
        if person.own_phone is None:
            return self.minds.asks(person)
        async with self.database.transaction() as session:
            read = [one for one, _ in await service.read(session, person.id, 0)]
        return self.minds.next(person, read, self.operator.inboxes.get(person.own_phone, []))

    async def _sends(self, person: Person, line: Line) -> None:
        """All that nobody has confirmed, in order, each under its reference."""
        while person.unsent:
            reference, text = person.unsent[0]
            # Another id within the minute is known to be the same message; an hour later it would be another.
            renamed = person.phone and self.operator.hands_over_again and reference not in person.tried
            person.tried.add(reference)
            await self._send(person, reference, text)
            if line is Line.twice:
                await self._send(person, f"{reference} again" if renamed else reference, text)
            if line is Line.lost:
                return
            del person.unsent[0]

    async def _send(self, person: Person, reference: str, text: str) -> None:
        async with self.database.transaction() as session:
            if person.phone:
                arrived = Arrived(reference, person.phone, "36000", text)
                await inbound.store(session, self.sealer, NAME, arrived)
            else:
                await service.receive(session, self.sealer, person.id, service.Incoming(reference, text))

    async def _works(self, step: Works) -> None:
        actor = self._actor(f"worker {step.worker}", step.fault)
        actor.asked, actor.handed = list(step.asked), list(step.handed)
        if not self.at_work.is_here(actor.name):
            await self._let(actor, self._job(step.job, self.story.wrong[step.worker]))

    async def _job(self, job: Job, wrong: float) -> None:
        WRONG.set(timedelta(seconds=wrong))
        match job:
            case Job.turns:
                await self._turns()
            case Job.take:
                while await inbound.take_in(self.database, self.sealer, self.routes, AUTHORITY):
                    pass
            case Job.send:
                await delivery.send_due(self.database, self.sealer, self.routes)
            case Job.apply:
                await receipts.apply_due(self.database)
            case Job.settle:
                async with self.database.transaction() as session:
                    await settling.settle(session, self.routes)

    async def _turns(self) -> None:
        async with self.database.transaction() as session:
            taken = await leases.claim(session, AT_ONCE)
        actor = ACTOR.get()
        assert actor, "a worker works"
        for conversation, lease in taken:
            actor.about = conversation
            try:
                await answer_all(self.tools, conversation, lease)
            except EXPECTED:
                continue

    async def _tells(self, chance: Random, actor: Actor, at_most: int) -> None:
        await self._late()
        await self._let(actor, self._receipts(self.operator.due(chance, at_most)))

    async def _late(self) -> None:
        late, self.rasa.late = self.rasa.late, []
        for body in late:
            await self._let(self._actor("rasa"), self._ends(body))

    async def _ends(self, body: dict[str, Any]) -> None:
        """Rasa, at last, does what was asked of it long ago."""
        await self.rasa.work(body)

    async def _receipts(self, told: list[Told]) -> None:
        """An operator that is not answered tells again."""
        self.operator.receipts += told
        for one in told:
            async with self.database.transaction() as session:
                await receipts.store(session, NAME, one)
            self.operator.receipts.remove(one)

    def _actor(self, name: str, fault: Fault | None = None) -> Actor:
        return Actor(name, self.at_work.signal, fault)

    async def _let(self, actor: Actor, work: Coroutine[Any, Any, None]) -> None:
        await self.at_work.let(actor, work, self.clock.ahead)

    async def _drain(self) -> None:
        while self.at_work.standing:
            await self.at_work.thaw(dies=False)
        for number in range(ROUNDS):
            await self.clock.passes(26 if number < ROUNDS // 2 else 600)
            for person in self.people:
                await self._let(self._actor(f"person {person.index}"), self._sends(person, Line.good))
            await self._tells(Random(number), self._actor("operator"), len(self.operator.receipts))
            for job in (Job.take, Job.turns, Job.send, Job.apply, Job.settle):
                await self._let(self._actor("worker 0"), self._job(job, 0))
            async with self.database.transaction() as session:
                if await session.scalar(QUIET) and not self.operator.receipts:
                    return
        raise NeverQuiet
