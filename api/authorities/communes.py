"""The communes of Brittany: found by the name that people give them, and how far apart they are."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Protocol

from api.core.documents import read_yaml
from api.core.folding import fold

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
EARTH_RADIUS_KM = 6371.0
_SAINT = re.compile(r"\bst(e?)\b")
# Le Saint and Le Cours keep theirs: "saint" and "cours" alone are words of almost every sentence.
_ARTICLE = re.compile(r"^(?:le|la|les|l)\s+(?!(?:saint|cours)$)")


@dataclass(frozen=True)
class Commune:
    """One line of `data/reference/communes_bretagne.csv`; its sources stand in `SOURCES.md` beside it."""

    insee: str
    name: str
    departement: str
    """"22", "29", "35" or "56"."""
    postal_code: str
    population: int
    latitude: float
    """Degrees, WGS 84."""
    longitude: float
    metropole: str | None
    """"Brest métropole", "Rennes Métropole" or None."""


class Located(Protocol):
    """Anything on the map, in degrees (WGS 84): a commune, a training session."""

    @property
    def latitude(self) -> float: ...
    @property
    def longitude(self) -> float: ...


@lru_cache
def communes() -> dict[str, Commune]:
    """The 1,202 communes of the four départements, by INSEE code."""
    with (REFERENCE / "communes_bretagne.csv").open(encoding="utf-8", newline="") as lines:
        return {line["insee"]: _commune(line) for line in csv.DictReader(lines)}


def named(folded: str) -> list[Commune]:
    """Every commune of this folded name, most populous first; empty when there is none.

    "st" is "saint", a leading article may be missing, and everyday names ("carhaix") are known.
    """
    return list(_by_name().get(_plain(folded), ()))


def distance_km(a: Located, b: Located) -> float:
    """Kilometres as the crow flies (haversine)."""
    north, south = radians(a.latitude), radians(b.latitude)
    across = sin((north - south) / 2) ** 2
    along = cos(north) * cos(south) * sin(radians(a.longitude - b.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(across + along))


@lru_cache
def _by_name() -> dict[str, tuple[Commune, ...]]:
    everyday: dict[str, str] = read_yaml(REFERENCE / "communes_everyday.yml")
    found: dict[str, set[Commune]] = defaultdict(set)
    for commune in communes().values():
        found[_plain(fold(commune.name))].add(commune)
    for name, insee in everyday.items():
        found[_plain(name)].add(communes()[insee])
    return {
        name: tuple(sorted(homonyms, key=lambda commune: (-commune.population, commune.insee)))
        for name, homonyms in found.items()
    }


def _plain(folded: str) -> str:
    return _ARTICLE.sub("", _SAINT.sub(r"saint\1", folded))


def _commune(line: dict[str, str]) -> Commune:
    return Commune(
        insee=line["insee"],
        name=line["name"],
        departement=line["departement"],
        postal_code=line["postal_code"],
        population=int(line["population"]),
        latitude=float(line["latitude"]),
        longitude=float(line["longitude"]),
        metropole=line["metropole"] or None,
    )
