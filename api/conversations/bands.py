"""How sure the reading of a message must be, from `data/reference/bands.yml`."""

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from api.core.documents import read_yaml

FILE = Path(__file__).parents[2] / "data" / "reference" / "bands.yml"


@dataclass(frozen=True)
class Bands:
    """Confidences, from 0 to 1."""

    answer: float
    """From here on the likeliest intent is answered."""
    ask_back: float
    """From here on it is asked what is meant; below, said that it was not understood."""
    expected: float
    """From here on, what answers the open question is taken for it."""
    clear: float
    """From here on, another intent wins over that."""
    sure_of_one: float
    """From here on, a whole message is one request, and its parts are not read."""
    each_of_two: float
    """From here on, a part of a message is a request by itself."""
    two_likeliest: float
    """The same, when both parts mean what the whole message is likeliest to mean."""

    def bars(self) -> dict[str, float]:
        """What Rasa's side is told with each text; asking back is decided here."""
        return {name: bar for name, bar in asdict(self).items() if name != "ask_back"}


@cache
def bands() -> Bands:
    """The figures in use. Raises TypeError when one is missing, or is not known here."""
    return Bands(**read_yaml(FILE))
