"""What may be urgent, is not surely so, and is understood as nothing else for sure: a number stands beside the answer.

Why it is so: docs/decisions/0034-in-doubt-a-number.md.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from api.conversations.coming_back import asks
from api.conversations.decision import Decision, Who
from api.conversations.denying import DENIED, denies
from api.conversations.meanings import URGENT
from api.conversations.misunderstood import UNCLEAR
from api.conversations.tables import Author, Message
from api.conversations.urgent import faintly_urgent, nearly_urgent, suspect
from api.conversations.writing import Closing
from api.texts.schemas import Saying

PERHAPS = "perhaps_"
ANY = "perhaps_any"
"""All numbers: so little danger says nothing of its kind."""
RANKED = 2
"""Intents at least that Rasa weighed, where it read the message."""
LATELY = 5
"""Messages of ours among which the same number is not given again: whoever asks much is not preached to."""


async def with_number(closing: Closing, decision: Decision, answers: Sequence[list[Saying]]) -> list[list[Saying]]:
    """The same answers; where the words may tell danger, the last one names whom to call.

    Before a question, which must come last to be answered by a word; after anything else.
    """
    said = {saying.name for answer in answers for saying in answer}
    name = None if closing.turn.pressed else _suspected(closing.turn.text, decision, said)
    # "Mais non, je suis pas suicidaire", beside somebody who is waited for: the number was given, and it is denied.
    denied = DENIED in said or denies(closing.turn)
    if name is None or denied or any(other.startswith(URGENT) for other in said):
        return list(answers)
    if await _said_lately(closing, name):
        return list(answers)
    *others, last = answers
    number = [Saying(name)]
    return [*others, number + last if any(map(asks, last)) else last + number]


def _suspected(text: str, decision: Decision, said: Collection[str]) -> str | None:
    """The less is understood, the less danger must weigh; whoever waits is answered without being understood."""
    unclear = decision.who is Who.nobody or bool(UNCLEAR & {*said})
    if unclear or decision.who is not Who.assistant:
        kind = suspect(text)
    else:
        # What is told by its words, or leans on our last answer ("et si j'y vais pas"), was not weighed among others.
        kind = nearly_urgent(text) if len(decision.ranking) >= RANKED else None
    if kind:
        return f"{PERHAPS}{kind}"
    return ANY if unclear and faintly_urgent(text) else None


async def _said_lately(closing: Closing, name: str) -> bool:
    ours = select(Message.says).where(
        Message.conversation_id == closing.conversation.id, Message.author != Author.person
    )
    lately = await closing.session.scalars(ours.order_by(Message.seq.desc()).limit(LATELY))
    return any(name in says for says in lately)
