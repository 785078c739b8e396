"""The whole chain under load, ours and stock Rasa's in short blocks in turn, so that a drift of the machine hits both.

Stock conversations are begun again every twenty turns, the length of our own Rasa sessions: what a long conversation
costs has a figure of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median

from api.bench.asking import Person, people
from api.bench.figures import Figure, percentile
from api.bench.growth import LATE, Grown, grow, late_over_early
from api.bench.load import Answers, block, merged
from api.bench.talking import FAILURES, OurAsker, StockAsker
from api.conversations.opening import TURNS_A_SESSION

AT_ONCE = (1, 8, 32)
_ROUNDS = 5
_SECONDS = 4.0
_WARM_UP = 3.0
_GROWING = 3
_HOPELESS = 20
"""Failures after which measuring on would measure nothing."""


class Hopeless(Exception):
    """Too many wrong or missing answers: one side is broken."""


@dataclass(slots=True)
class Chain:
    """Both sides under load, and everything that they answered."""

    port: int
    stock_port: int
    say: Callable[[str], None]
    ours: list[Answers] = field(default_factory=list)
    stock: list[Answers] = field(default_factory=list)
    persons: Iterator[Person] = field(default_factory=lambda: cycle(people()))

    def measure(self) -> list[Figure]:
        """Every figure of the chain. Raises Hopeless."""
        self.say("Identification des personnes")
        ours = [self._identified() for _ in range(max(AT_ONCE))]
        stock = [StockAsker(self.stock_port, TURNS_A_SESSION) for _ in ours]
        self._blocks(ours[:8], stock[:8], _WARM_UP)
        pairs: dict[int, list[tuple[Answers, Answers]]] = {at_once: [] for at_once in AT_ONCE}
        for number in range(_ROUNDS):
            self.say(f"Charge, {number + 1} sur {_ROUNDS}")
            for at_once in AT_ONCE:
                pairs[at_once].append(self._blocks(ours[:at_once], stock[:at_once], _SECONDS))
        return [*(_throughput(at_once, pairs[at_once]) for at_once in AT_ONCE), _slowest(pairs[1]), self._growth()]

    def _identified(self) -> OurAsker:
        try:
            return OurAsker(self.port, next(self.persons))
        except FAILURES as failure:
            raise Hopeless(f"Une personne n'a pas pu dire qui elle est : {failure!r}") from failure

    def _blocks(self, ours: list[OurAsker], stock: list[StockAsker], seconds: float) -> tuple[Answers, Answers]:
        return self._kept(block(ours, seconds), block(stock, seconds))

    def _growth(self) -> Figure:
        grown: list[Grown] = []
        for number in range(_GROWING):
            self.say(f"Longue conversation, {number + 1} sur {_GROWING}")
            pair = grow(self._identified(), StockAsker(self.stock_port))
            self._kept(merged(pair.ours), merged(pair.stock))
            grown.append(pair)
        ours = late_over_early([merged(pair.ours).latencies for pair in grown])
        stock = late_over_early([merged(pair.stock).latencies for pair in grown])
        return Figure("turn200_over_turn5", ours, "ratio", stock, f"{_GROWING} conversations de {LATE.stop} tours")

    def _kept(self, ours: Answers, stock: Answers) -> tuple[Answers, Answers]:
        self.ours.append(ours)
        self.stock.append(stock)
        for side, answers in (("Hent", self.ours), ("Rasa d'origine", self.stock)):
            failures = merged(answers).failures
            if failures.total() > _HOPELESS:
                raise Hopeless(f"{side} : {dict(failures)}")
        return ours, stock


def _throughput(at_once: int, pairs: list[tuple[Answers, Answers]]) -> Figure:
    ours, stock = (median(side.rate for side in sides) for sides in zip(*pairs, strict=True))
    return Figure(f"chain_throughput_{at_once}", ours, "messages/s", stock, f"médiane de {len(pairs)} blocs")


def _slowest(pairs: list[tuple[Answers, Answers]]) -> Figure:
    ours, stock = (median(percentile(side.latencies, 0.95) for side in sides) for sides in zip(*pairs, strict=True))
    return Figure("chain_p95_1", 1000 * ours, "ms", 1000 * stock, f"médiane de {len(pairs)} blocs")
