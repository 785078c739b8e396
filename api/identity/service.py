"""Who is speaking, on the web: mobile number, date of birth, a code by SMS, and a word when the number is shared.
Or the code of a letter and the date of birth, for whoever no SMS reaches.

Handled before Rasa and unseen by it. The words are the same whether or not a number is known.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.beneficiaries.tables import Beneficiary
from api.core.folding import fold
from api.core.sealing import Sealer
from api.identity import codes, letter_codes
from api.identity.limits import may_ask
from api.identity.listening import answers, not_received, stops
from api.identity.reading import read_birth_date, read_code, read_letter_code, read_phone
from api.identity.tables import IdentityCheck, Step
from api.privacy.audience import Level
from api.texts.schemas import Saying

OPEN_FOR = timedelta(minutes=30)
FIRST = "ask_number"
"""The text that begins a check."""
WORD_PURPOSE = "agreed word"

SendCode = Callable[[Beneficiary, str], Awaitable[None]]
"""Puts the SMS that carries a code into the outbox, in the transaction in hand."""


@dataclass(frozen=True)
class Outcome:
    """What an identity step says, and whom it identified."""

    sayings: list[Saying]
    beneficiary_id: UUID | None = None
    level: Level = Level.nobody


@dataclass(frozen=True)
class Steps:
    """One message's way through an identity check; everything it needs, so that steps stay short."""

    session: AsyncSession
    sealer: Sealer
    check: IdentityCheck
    address: bytes | None
    now: datetime
    send_code: SendCode

    async def take(self, text: str) -> Outcome:
        """What this message does to the check."""
        if stops(text):
            return self._close("identity_stopped")
        if self.check.step is Step.word:
            return await self._word(text)
        if self.check.step is Step.code and not (read_phone(text) or read_letter_code(text)):
            return await self._code(text)
        return await self._number_and_date(text)

    async def _number_and_date(self, text: str) -> Outcome:
        number, born, code = read_phone(text), read_birth_date(text), read_letter_code(text)
        if number or code:
            # The one or the other: what was typed last.
            self.check.phone = number
            self.check.letter_digest = None if number else self.sealer.digest(letter_codes.PURPOSE, code or "")
        self.check.birth_date = born or self.check.birth_date
        if self.check.phone is None and self.check.letter_digest is None:
            return self._ask(Step.number, FIRST if born else "number_unreadable")
        if self.check.birth_date is None:
            return self._ask(Step.birth_date, "ask_birth_date" if number or code else "birth_date_unreadable")
        return await (self._open_letter() if self.check.letter_digest else self._send())

    async def _open_letter(self) -> Outcome:
        digest, born = self.check.letter_digest, self.check.birth_date
        assert digest, "the code of a letter was typed"
        assert born, "and the birth date"
        if not await may_ask(self.session, digest, self.address):
            return self._close("too_many_codes")
        self.check.beneficiary_id = await letter_codes.redeem(self.session, digest, born, self.now)
        if self.check.beneficiary_id:
            return self._identified(Level.code)
        self.check.letter_digest, self.check.birth_date, self.check.step = None, None, Step.number
        return self._wrong("letter_code_wrong")

    async def _send(self) -> Outcome:
        prepared = await codes.prepare(self.session, self.sealer, self.check, self.address, self.now)
        if prepared is None:
            return self._close("too_many_codes")
        person, code = prepared
        if person:
            await self.send_code(person, code)
        return self._ask(Step.code, "code_sent", phone_end=(self.check.phone or "")[-2:])

    async def _code(self, text: str) -> Outcome:
        if not_received(text):
            return self._ask(Step.code, "not_received")
        code = read_code(text)
        if self.check.code_expires_at is None or self.now >= self.check.code_expires_at:
            return self._close("code_expired")
        right = code is not None and codes.is_right(self.sealer, self.check, code)
        # The file may have become confidential, or the number a stranger's, since the code went out.
        if not right or await codes.candidate(self.session, self.check) is None:
            return self._wrong("code_wrong")
        if await codes.is_shared(self.session, self.check.phone):
            self.check.tries = 0
            return self._ask(Step.word, "ask_word")
        return self._identified(Level.code)

    async def _word(self, text: str) -> Outcome:
        person = await self.session.get(Beneficiary, self.check.beneficiary_id)
        if person and knows_word(self.sealer, person, text):
            return self._identified(Level.link)
        return self._wrong("word_wrong")

    def _wrong(self, name: str) -> Outcome:
        self.check.tries += 1
        return self._close("code_tries_over") if self.check.tries >= codes.TRIES else Outcome([Saying(name)])

    def _ask(self, step: Step, name: str, **facts: str) -> Outcome:
        self.check.step = step
        return Outcome([Saying(name, dict(facts))])

    def _close(self, name: str) -> Outcome:
        self.check.closed_at = self.now
        return Outcome([Saying(name)])

    def _identified(self, level: Level) -> Outcome:
        self.check.closed_at = self.now
        return Outcome([Saying("identified")], self.check.beneficiary_id, level)


async def open_check(session: AsyncSession, conversation_id: UUID, now: datetime) -> IdentityCheck | None:
    """The check in progress, if it is not too old to go on with."""
    mine = select(IdentityCheck).where(
        IdentityCheck.conversation_id == conversation_id, IdentityCheck.closed_at.is_(None)
    )
    check = await session.scalar(mine)
    if check and now - check.created_at > OPEN_FOR:
        check.closed_at = now
        await session.flush()
        return None
    return check


async def begin(session: AsyncSession, conversation_id: UUID, question_id: UUID | None, now: datetime) -> list[Saying]:
    """Ask who is speaking, or ask again what the check in progress waits for; the question is kept for afterwards."""
    check = await open_check(session, conversation_id, now)
    if check is None:
        check = IdentityCheck(conversation_id=conversation_id, step=Step.number, tries=0, created_at=now)
        session.add(check)
    check.question_id = question_id
    await session.flush()
    again = {
        Step.number: FIRST,
        Step.birth_date: "ask_birth_date",
        Step.code: "code_sent",
        Step.word: "ask_word",
    }
    facts = {"phone_end": (check.phone or "")[-2:]} if check.step is Step.code else {}
    return [Saying(again[check.step], facts)]


async def resume(session: AsyncSession, conversation_id: UUID, now: datetime) -> bool:
    """Wait for a number again, as the last check of this conversation did before it was closed; False if none is kept.

    Of whoever answered it before, nothing stays: somebody else may sit there now.
    """
    mine = select(IdentityCheck).where(IdentityCheck.conversation_id == conversation_id)
    check = await session.scalar(mine.order_by(IdentityCheck.created_at.desc()).limit(1))
    if check is None:
        return False
    correct_number(check)
    check.birth_date, check.beneficiary_id, check.question_id = None, None, None
    check.closed_at, check.created_at = None, now
    await session.flush()
    return True


def correct_number(check: IdentityCheck) -> list[Saying]:
    """Start again from the number; the birth date stays."""
    check.step, check.phone, check.code_digest, check.letter_digest = Step.number, None, None, None
    return [Saying(FIRST)]


async def named_by_word(session: AsyncSession, sealer: Sealer, phone: str, text: str) -> UUID | None:
    """By SMS: of those who have this number (E.164), the one whose agreed word this is, and nothing else is said.

    Never a confidential file, which is opened by a link given in person.
    """
    if not answers(text, Step.word):
        return None
    having = select(Beneficiary).where(
        Beneficiary.phone == phone, Beneficiary.agreed_word_digest.is_not(None), Beneficiary.confidential.is_(False)
    )
    named = [person.id for person in await session.scalars(having) if knows_word(sealer, person, text)]
    return named[0] if len(named) == 1 else None


def knows_word(sealer: Sealer, person: Beneficiary, text: str) -> bool:
    """Whether the text is this person's agreed word, or ends with it."""
    digest, said = person.agreed_word_digest, fold(text)
    return digest is not None and any(
        sealer.matches(WORD_PURPOSE, word, digest) for word in (said, said.rpartition(" ")[2])
    )


def digest_word(sealer: Sealer, word: str) -> bytes:
    """How an agreed word is kept."""
    return sealer.digest(WORD_PURPOSE, fold(word))
