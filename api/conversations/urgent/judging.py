"""What both readers make of a message: the weights of its words, and the model that knows what they mean together."""

from typing import NamedTuple

from api.conversations.seams import pieces
from api.conversations.urgent import weighing
from api.conversations.urgent.features import observe
from api.conversations.urgent.kinds import Urgency
from api.conversations.urgent.signs import heard_as

ASKED_ABOVE = -1.0
"""Of what weighs less the second reader is not asked: 20 ms, for one ordinary message in seven rather than for each."""
SHARE = 0.3
"""What the second reader's word counts for, beside the weights."""
THRESHOLD = 0.6
"""Above, a message is urgent. How it was chosen: docs/decisions/0036-a-second-reader.md."""
DOUBT = -0.5
"""Above, for the weights alone or for both, and not above the other, it may be urgent: either reader may be deaf."""


NEAR = -0.2
"""Above, for both, the number is named even beside an answer that is sure: of 3,285 such answers to ordinary messages
seven have it, of five to urgent ones (of three lists) all but one.
"""
FAINT, NOT_AGAINST = -1.0, -3.0
"""Above the first, for the weights alone or for both, and above the second for the second reader alone, it may be
urgent where nothing else is understood in it: docs/decisions/0034-in-doubt-a-number.md.
"""
_FAINT_WORDS, _HARDLY_AGAINST = -0.75, -3.8
"""The same where the weights hear more, and the second reader is more against it; and a piece that weighs so much."""
FAINT_PIECE = 0.9


_ALONE, _BESIDE = 1.2, 0.0
"""A piece of a message that weighs more than the first is urgent by itself, where the whole weighs more than the other:
what else is asked hides it, or takes its sting out ("je meurs de faim, je reprends après manger").
"""


_AGAINST = -0.9
"""Below, the second reader is so much against it that nothing is in doubt ("je suis à la rue Jean Jaurès, où se passe
mon rendez-vous ?"): beside -1.2 no urgent message of 260 is lost so, and 13 of 760 alike are spared the number.
"""


class Judgement(NamedTuple):
    """How urgent a message is, and of which kind if it is."""

    words: float
    """What its words weigh."""
    both: float
    """The same with the second reader's word."""
    kind: Urgency
    told: float | None = None
    """What the second reader alone makes of it; None where it was not asked."""

    @property
    def urgent(self) -> bool:
        """Enough to raise an alarm."""
        return self.both > THRESHOLD

    @property
    def doubtful(self) -> bool:
        """Not enough, but too much to say nothing."""
        return not self.urgent and max(self.words, self.both) > DOUBT and self.both > _AGAINST

    @property
    def near(self) -> bool:
        """Too much to be told nothing, whatever else was understood."""
        return self.doubtful and self.both > NEAR

    @property
    def faint(self) -> bool:
        """Too little to say anything beside an answer, and too much to answer danger with "je n'ai pas compris"."""
        told = 0.0 if self.told is None else self.told
        hardly = self.words > _FAINT_WORDS and told > _HARDLY_AGAINST
        return not self.urgent and (hardly or (told > NOT_AGAINST and max(self.words, self.both) > FAINT))


def judge(text: str, asked_above: float = ASKED_ABOVE) -> Judgement:
    """Any message, as it was written. The second reader is asked where the words weigh more than `asked_above`."""
    weights, seen = weighing.shipped(), observe(heard_as(text))
    words = weights.weight(seen)
    if words <= asked_above:
        return Judgement(words, words, weights.most_pressing(seen))
    # Imported here: the site names urgencies and judges none, and numpy takes 25 MB.
    from api.conversations.urgent.reading import read

    told = read(text)
    return Judgement(words, words + SHARE * told.urgent, weights.most_pressing(seen, told.kinds), told.urgent)


def urgent_piece(text: str, whole: Judgement) -> Urgency | None:
    """The most pressing kind that a piece of the text tells, where the whole says nothing against it."""
    return piece_told(text) if whole.both > _BESIDE else None


def piece_told(text: str, above: float = _ALONE) -> Urgency | None:
    """The most pressing kind that a piece of the text tells, taken by itself."""
    told = {one.kind for one in map(judge, pieces(text)) if one.both > above}
    return next((kind for kind in Urgency if kind in told), None)
