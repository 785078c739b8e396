"""What a person looks for, and how each message changes it."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from api.core.folding import fold
from api.core.normaliser.sound import sound
from api.training.refining import Refinement, When
from api.training.trades import Trade, trade_named, trades

HEARD_FROM = 5
"""Letters; shorter words share their sound with too many others."""


@dataclass(frozen=True)
class Wish:
    """A trade or words, and a commune, each of which may still be missing; then what the person refined."""

    trade: str | None = None
    """A code of `data/reference/trades/`."""
    words: str | None = None
    """Folded; only when no trade was recognised."""
    insee: str | None = None
    begins_after: date | None = None
    """Nothing that begins before suits."""
    no_diploma: bool = False
    remote: bool = False

    @property
    def label(self) -> str | None:
        """The subject, in words for people; None when it is missing."""
        known = trades().get(self.trade or "")
        return known.label if known else self.words

    def about(self, trade: str | None, words: str | None) -> "Wish":
        """The wish once a trade (its code or a folded name) or words were given; the newest subject counts alone."""
        known = known_trade(trade) if trade else heard_trade(words or "")
        if known:
            return replace(self, trade=known.code, words=None)
        if words or trade:
            return replace(self, trade=None, words=words or trade)
        return self

    @property
    def refined_by(self) -> list[str]:
        """What was refined, by the names that `refining.dropping` takes back."""
        said = {"date": self.begins_after, "diploma": self.no_diploma, "remote": self.remote}
        return [name for name, value in said.items() if value]

    def refined(self, said: Refinement, later: date, today: date) -> "Wish":
        """The wish once something was refined or taken back; `later` is what "plus tard" means. Twice is once."""
        dates = {None: self.begins_after, When.any: None, When.later: later}
        begins = said.begins if isinstance(said.begins, date) else dates[said.begins]
        return replace(
            self,
            # What has come already holds nothing back.
            begins_after=begins if begins and begins > today else None,
            no_diploma=self.no_diploma if said.no_diploma is None else said.no_diploma,
            remote=self.remote if said.remote is None else said.remote,
        )


def known_trade(named: str) -> Trade | None:
    """The trade of this code, folded name or folded label."""
    labelled = (trade for trade in trades().values() if fold(trade.label) == named)
    return trades().get(named) or trade_named(named) or next(labelled, None)


def heard_trade(words: str) -> Trade | None:
    """The trade whose name sounds like one of these folded words: "informatik", "coiffur"; the last one counts."""
    heard = (_by_sound().get(sound(word)) for word in reversed(words.split()) if len(word) >= HEARD_FROM)
    return next((trade for trade in heard if trade), None)


@lru_cache
def _by_sound() -> dict[str, Trade]:
    single = ((name, trade) for trade in trades().values() for name in (*trade.names, *trade.things) if " " not in name)
    return {sound(name): trade for name, trade in single if len(name) >= HEARD_FROM}
