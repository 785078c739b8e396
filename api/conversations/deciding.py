"""What a turn answers: urgent first, then whoever is due to answer. No transaction is open here."""

import asyncio
from dataclasses import replace

from api.conversations.asking import intent_name, question_of
from api.conversations.beside_danger import WITH_OTHERS, may_stand_beside, other_request
from api.conversations.decision import NOTHING, AskAgain, Decision, Who
from api.conversations.denying import DENIED, DENIED_ONLY, asks_nothing_else, calmed, denies, raised
from api.conversations.foreign import Foreign
from api.conversations.meanings import URGENT
from api.conversations.opening import OpenTurn
from api.conversations.orders import STOPPED
from api.conversations.plainly import Told, beside, both, meant, plainly, precisely
from api.conversations.pressing import Pressing, heard_alone, likely, pressing
from api.conversations.questions import OpenQuestion
from api.conversations.rasa import Rasa, RasaFailed, Reply
from api.conversations.rereading import heard_again
from api.conversations.sms_words import Command, command
from api.conversations.tables import Mode, TurnKind
from api.conversations.thanking import without_thanks
from api.conversations.while_waiting import INTENT, wants_out
from api.core.normaliser import normalise
from api.identity.listening import answers, leaves
from api.knowledge.narrower import narrower_than
from api.knowledge.plain import asks
from api.privacy.audience import Channel
from api.texts.numbering import MORE

ASKED_AT_MOST = 2
"""Once more after a failure, then the honest sentence."""


ALARM_WAITS = 2.0
"""Seconds that an alarm waits for the answer to what else was asked."""

UNDERSTOOD_AT_MOST = 5_000
"""Signs, once abbreviations are written in full; Rasa's channel takes no more."""


ONLY_ANSWERED = frozenset({Command.help, Command.picture})


def who_answers(turn: OpenTurn) -> Who:
    """Who this message is for: an identity check in progress, a caseworker, or the assistant.

    While a person of the service is waited for the assistant answers what was offered, pressed or typed, and no more.
    """
    if turn.payload and "ask" in turn.payload:
        return Who.ask
    if turn.mode is Mode.caseworker:
        return Who.human
    if turn.named_id:
        return Who.word
    if turn.payload and MORE.intent in turn.payload:
        return Who.more
    if _leaves(turn):
        return Who.stranger
    # "Il rentre à 18 h, je dois tout effacer" was kept for the service, and nothing was erased.
    waits = turn.mode is Mode.waiting and not asks("erase", turn.text)
    if waits and not turn.pressed and wants_out(turn.text):
        return Who.waiting
    if turn.check_step and turn.kind is TurnKind.first and _is_for_identity(turn):
        return Who.identity
    intent = intent_name(turn)
    # A button of the wait may be pressed when it is over; Rasa knows nothing of it.
    return Who.waiting if intent == INTENT or (waits and intent is None) else Who.assistant


async def decide(turn: OpenTurn, rasa: Rasa) -> Decision:
    """What to answer. Raises AskAgain when Rasa failed and may be asked once more."""
    denied = raised(turn) if denies(turn) else frozenset()
    turn = calmed(turn) if denied else turn
    danger = pressing(turn.text)
    if danger and not turn.pressed and danger.kind not in denied:
        return await _with_the_rest(turn, rasa, danger)
    # Beside a caseworker, or while one is waited for, a denial is for them to read.
    if denied and asks_nothing_else(turn) and who_answers(turn) is Who.assistant:
        return Decision(Who.assistant, NOTHING, 1.0, [{"say": DENIED_ONLY}])
    decision = await _in_no_danger(turn, rasa)
    return _believed(decision) if denied else decision


async def _with_the_rest(turn: OpenTurn, rasa: Rasa, danger: Pressing) -> Decision:
    """The alarm, and the answer to what else is asked if there is one at once: an alarm waits for nobody."""
    alarm = Decision(Who.urgent, danger.intent, 1.0, [{"say": danger.says}])
    calm = _calm_part(turn, danger)
    if calm is None or who_answers(turn) is not Who.assistant:
        return alarm
    if turn.kind is TurnKind.again:
        # We know who asks now; the number was given the first time.
        return await _in_no_danger(calm, rasa)
    try:
        async with asyncio.timeout(ALARM_WAITS):
            answer = await _in_no_danger(calm, rasa)
    except (AskAgain, TimeoutError):
        return alarm
    understood = answer.who is Who.assistant and may_stand_beside(answer.intent)
    return replace(alarm, also=replace(answer, also=None)) if understood else alarm


def _calm_part(turn: OpenTurn, danger: Pressing) -> OpenTurn | None:
    """The turn without its danger: what else it asks, or the time to be called that it begins with."""
    if other := other_request(turn, danger):
        return replace(turn, text=other, masked=other)
    timed = _rest(turn) if danger.kind in WITH_OTHERS and turn.attempts <= 1 else None
    return replace(turn, question=OpenQuestion()) if timed else None


def _believed(decision: Decision) -> Decision:
    """The same, begun by a word to whoever was taken to be in danger and is not."""
    if decision.who is not Who.assistant:
        return decision
    return replace(decision, says=[{"say": DENIED}, *decision.says])


async def _in_no_danger(turn: OpenTurn, rasa: Rasa) -> Decision:
    order = _order(turn)
    if order:
        return Decision(Who.order, order=order)
    who = who_answers(turn)
    if turn.limit and who is Who.assistant:
        return Decision(Who.limited)
    # Whatever broke twice would break for ever, and everything that is written after it would wait, danger too.
    if turn.attempts > ASKED_AT_MOST:
        return Decision(Who.nobody)
    if turn.foreign and who is Who.assistant and _is_for_a_card(turn, turn.foreign):
        return Decision(Who.language, NOTHING, says=[{"say": turn.foreign.says}])
    plain = (precisely(turn) or plainly(turn)) if who is Who.assistant else None
    if plain:
        return _told(plain)
    pair = both(turn) if who is Who.assistant else None
    if pair:
        return replace(_told(pair[0]), also=_told(pair[1]))
    return await _ask_beside(turn, rasa) if who is Who.assistant else Decision(who)


def _told(plain: Told) -> Decision:
    return Decision(Who.assistant, plain.intent, 1.0, [{"say": plain.says}])


async def _ask_beside(turn: OpenTurn, rasa: Rasa) -> Decision:
    """Rasa's decision; where one of two requests is plain, Rasa is asked the other, and both are answered."""
    rest = _rest(turn)
    if rest:
        return await _ask_both(turn, rasa, rest)
    parted = beside(turn)
    if parted is None:
        return await _ask_rasa(turn, rasa)
    plain, other = _told(parted.told), await _ask_rasa(replace(turn, masked=parted.other), rasa)
    # Answered once more, when we know who asks: the plain one was answered the first time.
    if other.who is not Who.assistant or turn.only:
        return other
    if other.intent == NOTHING:
        return plain
    return replace(plain, also=other) if parted.is_first else replace(other, also=plain)


def _rest(turn: OpenTurn) -> str | None:
    """What was written after a time at which to be called."""
    entities = (turn.payload or {}).get("entities", {})
    return turn.question.rest_in(turn.masked, turn.since) if "wanted" in entities and not turn.only else None


async def _ask_both(turn: OpenTurn, rasa: Rasa, rest: str) -> Decision:
    """What the beginning of a message chose, and the answer to the rest if it asks something."""
    first = await _ask_rasa(turn, rasa)
    other = replace(turn, payload=None, text=rest, masked=rest, question=OpenQuestion(), fresh=False)
    also = await _in_no_danger(other, rasa)
    asks_something = first.also is None and also.who is Who.assistant and also.intent not in (NOTHING, first.intent)
    return replace(first, also=replace(also, also=None)) if asks_something else first


def _is_for_a_card(turn: OpenTurn, foreign: Foreign) -> bool:
    """Not where a word may answer something of ours; and once a day, unless Rasa could not read a letter of it."""
    answers = turn.payload or turn.check_step or "affirm" in turn.question.expected
    return not answers and not (foreign.told and foreign.language.latin)


def _order(turn: OpenTurn) -> Command | None:
    order = command(turn.text) if turn.audience.channel is Channel.sms else None
    # What changes something is done however often it is said; what only answers ends with the day's answers.
    return None if order in ONLY_ANSWERED and turn.limit else order


async def _ask_rasa(turn: OpenTurn, rasa: Rasa) -> Decision:
    """Rasa's decision; where it understood nothing, and thought of no danger, what the message means by itself."""
    decision = await _heard_by_rasa(turn, rasa)
    likeliest = decision.ranking[0]["name"] if decision.ranking else URGENT
    if turn.payload or decision.intent != NOTHING or likeliest.startswith(URGENT):
        return decision
    narrow = meant(turn, unclear=True)
    return _told(narrow) if narrow else decision


async def _heard_by_rasa(turn: OpenTurn, rasa: Rasa) -> Decision:
    turn = turn if turn.payload else replace(turn, masked=without_thanks(turn.masked, bool(turn.question.expected)))
    text = normalise(turn.masked)[:UNDERSTOOD_AT_MOST]
    if intent_name(turn) == NOTHING or not (text or turn.payload):
        # "Autre chose" than what we asked back; emoji that stand for no word, signs alone: there is nothing to ask.
        return Decision(Who.assistant, NOTHING, 0.0, [{"say": "not_understood"}])
    question = question_of(turn, text)
    try:
        reply = await rasa.ask(question)
        danger = likely(turn.text, reply.ranking) if reply.intent == NOTHING else None
        if danger:
            return Decision(Who.assistant, danger.intent, reply.confidence, [{"say": danger.says}])
        if reply.intent == NOTHING and not turn.payload:
            reply = await heard_again(rasa, question, turn.masked, reply)
    except RasaFailed as failure:
        if turn.attempts < ASKED_AT_MOST:
            raise AskAgain(failure.reason) from failure
        return Decision(Who.nobody)
    if turn.audience.channel is Channel.sms and any(said["say"] == STOPPED for said in reply.says):
        return Decision(Who.order, reply.intent, reply.confidence, reply.says, Command.stop)
    if not turn.payload and heard_alone(turn.text, reply.intent):
        return Decision(Who.assistant, NOTHING, reply.confidence, [{"say": "not_understood"}], ranking=reply.ranking)
    return _decided(reply, "" if turn.pressed else turn.masked)


def _decided(reply: Reply, text: str) -> Decision:
    also = _decided(reply.also, text) if reply.also else None
    says = [said if "draft" in said else {**said, "say": narrower_than(said["say"], text)} for said in reply.says]
    return Decision(Who.assistant, reply.intent, reply.confidence, says, ranking=reply.ranking, also=also)


def _leaves(turn: OpenTurn) -> bool:
    """By SMS the telephone says who it is, and `sms_words` who it is not."""
    known = turn.person_id and turn.audience.channel is Channel.web
    return bool(known and turn.kind is TurnKind.first and not turn.payload and leaves(turn.text))


def _is_for_identity(turn: OpenTurn) -> bool:
    if turn.payload:
        return turn.payload.get("intent") == "correct_number"
    return turn.check_step is not None and answers(turn.text, turn.check_step)
