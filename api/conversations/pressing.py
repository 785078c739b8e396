"""What of a message cannot wait, in French or in another language, and in which language it is answered."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from api.conversations.urgent import Urgency, recognise, suspect
from api.languages import cry, language_of, languages

LIKELIER_THAN_NOT = 0.5


class Pressing(NamedTuple):
    """Danger that a message tells."""

    kind: Urgency
    says: str
    """The name of what is said to it."""

    @property
    def intent(self) -> str:
        """The same in every language: what follows from danger does not depend on words."""
        return f"emergency_{self.kind}"


def pressing(text: str) -> Pressing | None:
    """The most pressing of what the text tells; None for all other messages.

    French is looked for first, in any message. What it hears in one of another language counts ("suicidio"), but a
    phrase of that language says better of which kind it is; either is answered in that language.
    """
    urgency, found = recognise(text), cry(text)
    if urgency is None and found is None:
        return None
    code = language_of(text)
    if found and (code or urgency is None):
        kind, code = Urgency(found.kind), code or found.code
    elif urgency:
        kind = urgency
    return Pressing(kind, languages()[code].urgent_name(kind) if code else f"emergency_{kind}")


def likely(text: str, ranking: Sequence[dict[str, Any]]) -> Pressing | None:
    """What two weak signs tell together: the words weigh nearly enough, and Rasa, sure of nothing, thinks of danger.

    `ranking`: `[{name, confidence}]`. Of the 18 urgent messages of a stranger that weigh too little three are heard so,
    and none of 1,713 ordinary ones (docs/decisions/0034-in-doubt-a-number.md).
    """
    thought = sum(one["confidence"] for one in ranking if one["name"].startswith("emergency_"))
    kind = suspect(text) if thought > LIKELIER_THAN_NOT else None
    return Pressing(kind, f"emergency_{kind}") if kind else None


def heard_alone(text: str, intent: str) -> bool:
    """Whether Rasa takes for danger what weighs far too little: what is meant is asked then, and no alarm is raised.

    Of 760 look-alikes (tuning.tsv) Rasa alone was sure of danger in 43 ("je meurs de faim avant midi mdr"), 39 of which
    are not even in doubt; of 300 urgent messages in two, and both are.
    """
    return intent.startswith("emergency_") and suspect(text) is None
