"""What everybody was said, beside what should have been said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from sqlalchemy import and_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversations.in_doubt import ANY
from api.conversations.sms_tables import OutgoingSms, SmsKind, SmsStatus
from api.conversations.tables import Author, Conversation, Message, MessageStatus, Turn, TurnKind, TurnStatus
from api.privacy.audience import Channel
from api.texts.schemas import Saying
from api.texts.service import speak
from api.texts.voice import Voice, read_voice
from tests.faults import words
from tests.faults.network import Operator
from tests.faults.people import AUTHORITY, TROUBLE, Person
from tests.faults.story import Way

ASKED_TWICE = 2
RECEIPTS = "FROM sms_receipts JOIN outgoing_sms ON reference IN (provider_reference, outgoing_sms.id::text)"
"""One that names an id which we never learned is about nobody."""
LEFT_OVER = {
    "conversations that wait or are held": "FROM conversations WHERE waiting_since IS NOT NULL OR lease IS NOT NULL",
    "questions to answer once more": "FROM conversations WHERE again_id IS NOT NULL",
    "turns left open": "FROM turns WHERE status = 'open'",
    "SMS not taken in": "FROM incoming_sms WHERE handled_at IS NULL OR message_id IS NULL OR sealed IS NOT NULL",
    "SMS on their way": "FROM outgoing_sms WHERE status IN ('queued', 'sending')",
    "receipts not applied": f"{RECEIPTS} WHERE applied_at IS NULL",
    "words still sealed": "FROM messages WHERE sealed IS NOT NULL",
    "effects done twice": "FROM (SELECT FROM faults.done GROUP BY turn_id HAVING count(*) > 1) AS twice",
    "effects not noted": "FROM faults.done LEFT JOIN effects USING (turn_id) WHERE effects.id IS NULL",
    "SMS not counted": "FROM outgoing_sms WHERE sent_at IS NOT NULL AND counted_in IS NULL",
    "months that count otherwise": """FROM (SELECT sum(messages) FROM sms_months) AS months (counted),
        (SELECT count(counted_in) FROM outgoing_sms) AS rows (counted)
        WHERE coalesce(months.counted, 0) <> rows.counted""",
}
"""What there must be none of when all is quiet."""


@dataclass
class Findings:
    """What is wrong, in words; and what nobody can know, counted."""

    wrong: list[str] = field(default_factory=list)
    turns: int = 0
    troubles: int = 0
    """Answered by the honest sentence."""
    unknown: int = 0
    """SMS of which nobody knows whether they arrived, and which did not."""
    doubled: int = 0
    """SMS that an operator without our ids took twice (decision 0019)."""

    def claim(self, holds: bool, what: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.wrong.append(what)


@dataclass(frozen=True)
class Check:
    """One day's end."""

    session: AsyncSession
    operator: Operator
    failed: Counter[UUID]
    """How often Rasa failed each turn."""
    interrupted: Counter[UUID]
    """How often something broke whoever answered a conversation: each may have cost one attempt."""
    found: Findings = field(default_factory=Findings)

    async def all(self, people: Sequence[Person]) -> Findings:
        """Everything that must hold."""
        voice = await read_voice(self.session, AUTHORITY)
        for name, rows in LEFT_OVER.items():
            count = await self.session.scalar(text(f"SELECT count(*) {rows}"))
            self.found.claim(count == 0, f"{name}: {count}")
        for person in people:
            await self._person(person, voice)
        await self._sms(people)
        return self.found

    async def _person(self, person: Person, voice: Voice) -> None:
        conversation = await self.session.get_one(Conversation, person.id)
        rows = select(Message).where(Message.conversation_id == person.id).order_by(Message.seq)
        kept = list(await self.session.scalars(rows))
        theirs = [one for one in kept if one.author is Author.person]
        claim, who = self.found.claim, f"person {person.index}"
        claim([one.seq for one in kept] == list(range(1, conversation.last_seq + 1)), f"{who}: numbers of messages")
        hidden = [text for text in person.written if not words.answers(text)]
        claim([one.text for one in theirs if words.answers(one.text)] == _questions(person), f"{who}: what was written")
        claim(
            len(theirs) == len(person.written), f"{who}: {len(theirs)} of {len(person.written)}, {len(hidden)} hidden"
        )
        claim(all(one.status is MessageStatus.answered for one in theirs), f"{who}: messages without an answer")
        claim(not theirs or conversation.answered_seq == theirs[-1].seq, f"{who}: answered up to another message")
        await self._turns(person, kept, voice)
        await self._memory(conversation)

    async def _turns(self, person: Person, kept: list[Message], voice: Voice) -> None:
        rows = select(Turn).where(Turn.conversation_id == person.id)
        turns = {turn.id: turn for turn in await self.session.scalars(rows)}
        written = dict(zip([one.seq for one in kept if one.author is Author.person], person.written, strict=False))
        place = 0
        said = {
            turn: [one for one in kept if one.author is not Author.person and one.turn_id == turn] for turn in turns
        }
        self.found.claim(
            sum(map(len, said.values())) == len(kept) - len(written),
            f"person {person.index}: answers of no turn of theirs",
        )
        for turn_id, group in groupby(
            [one for one in kept if one.author is Author.person], key=lambda one: one.turn_id
        ):
            mine = list(group)
            if turn_id is None or turn_id not in turns:
                continue
            texts = [written.get(one.seq, "") for one in mine]
            place = self._answer(person, turns[turn_id], texts, said[turn_id], max(place, mine[-1].seq), voice)
        for turn in turns.values():
            if turn.kind is TurnKind.again:
                question = next(one for one in kept if one.id == turn.message_id)
                self._answer(person, turn, [question.text], said[turn.id], question.seq, voice, again=True)

    def _answer(
        self,
        person: Person,
        turn: Turn,
        texts: list[str],
        said: list[Message],
        after: int,
        voice: Voice,
        *,
        again: bool = False,
    ) -> int:
        claim, what = self.found.claim, f"person {person.index}, {texts}"
        self.found.turns += 1
        claim(len(said) == 1, f"{what}: {len(said)} answers")
        if len(said) != 1:
            return after
        channel = Channel.sms if person.phone else Channel.web
        right = [saying for text in texts for _, saying in words.answers(text)] if again else person.should_hear(texts)
        claim(said[0].seq > after, f"{what}: answered out of order")
        # "Une formation q1q" is no French: what nobody understands may have all numbers beside.
        beside = [Saying(ANY)] if ANY in said[0].says else []
        if said[0].text == speak([TROUBLE, *beside], channel, voice).text:
            self.found.troubles += 1
            failures = self.failed[turn.id] + self.interrupted[person.id]
            claim(turn.status is TurnStatus.failed, f"{what}: {turn.status} after the honest sentence")
            claim(turn.attempts >= ASKED_TWICE, f"{what}: given up at the first attempt")
            claim(failures >= ASKED_TWICE, f"{what}: given up after {failures} failures in {turn.attempts} attempts")
        else:
            claim(
                said[0].text == speak(right, channel, voice).text, f"{what}: answered {said[0].says} {said[0].text!r}"
            )
        return said[0].seq

    async def _memory(self, conversation: Conversation) -> None:
        """Rasa remembers each turn that it answered, once, in order."""
        rows = text("SELECT data FROM rasa.events WHERE sender_id = :id AND id <= :cursor ORDER BY id")
        known = list(await self.session.scalars(rows, {"id": str(conversation.id), "cursor": conversation.rasa_cursor}))
        decided = (
            select(Turn.id)
            .join(Message, and_(Message.turn_id == Turn.id, Message.author != Author.person))
            .where(
                Turn.conversation_id == conversation.id, Turn.status == TurnStatus.answered, Turn.intent.is_not(None)
            )
        )
        # By place: the clock that wrote `finished_at` may have been wrong.
        answered = [str(turn) for turn in await self.session.scalars(decided.order_by(Message.seq))]
        self.found.claim(known == answered, f"{conversation.id}: Rasa remembers {len(known)} turns of {len(answered)}")

    async def _sms(self, people: Sequence[Person]) -> None:
        rows = list(await self.session.scalars(select(OutgoingSms)))
        phones = {person.id: person.phone for person in people if person.phone}
        said = select(Message).where(Message.conversation_id.in_(phones), Message.author != Author.person)
        replies = {row.message_id: row for row in rows if row.kind is SmsKind.reply}
        for message in await self.session.scalars(said):
            row = replies.pop(message.id, None)
            what = f"SMS of {message.says}"
            self.found.claim(row is not None, f"{what}: none")
            if row:
                right = (row.phone, row.text) == (phones[message.conversation_id], message.text)
                self.found.claim(right, f"{what}: another number or text")
        self.found.claim(not replies, f"{len(replies)} SMS of no answer")
        for row in rows:
            self._arrival(row)
        self._inboxes(rows)

    def _arrival(self, row: OutgoingSms) -> None:
        times, way = self.operator.arrived[row.id], self.operator.way
        what = f"SMS {row.kind} {row.status}, {row.attempts} attempts, by a {way} way: arrived {times} times"
        if times == 0:
            self.found.unknown += 1
            self.found.claim(row.status is SmsStatus.unknown and way is not Way.safe, what)
        if times > 1:
            self.found.doubled += 1
            self.found.claim(way is Way.telling, what)
        told = row.status in {SmsStatus.delivered, SmsStatus.unknown}
        self.found.claim(told, f"{what}, and that was not told")

    def _inboxes(self, rows: list[OutgoingSms]) -> None:
        """Nothing lies on a telephone but what was to be said there."""
        for phone, inbox in self.operator.inboxes.items():
            sent = sum(self.operator.arrived[row.id] for row in rows if row.phone == phone)
            theirs = {row.text for row in rows if row.phone == phone and row.text is not None}
            codes = sum(row.text is None for row in rows if row.phone == phone)
            strange = [one for one in inbox if one not in theirs]
            self.found.claim(
                len(inbox) == sent and (codes > 0 or not strange), f"{phone}: {len(inbox)} SMS, {sent} ours"
            )


def _questions(person: Person) -> list[str]:
    return [text for text in person.written if words.answers(text)]
