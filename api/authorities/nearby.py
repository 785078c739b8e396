"""How far a person is sent, and the square of map that holds everything that near."""

from dataclasses import dataclass
from math import cos, radians

from sqlalchemy import ColumnElement, Float, and_, cast, func
from sqlalchemy.orm import InstrumentedAttribute

from api.authorities.communes import EARTH_RADIUS_KM, Located

Degrees = InstrumentedAttribute[float]

NEAR_KM = 30.0
"""Half an hour to three quarters of an hour by car or coach; farther is said to be farther."""
PAGE = 3
"""Offers at a time: what the screen of a telephone holds without scrolling."""
KM_A_DEGREE = 111.19
"""Of latitude, on a sphere of 6,371 km; rounded down so that the square is never too small."""


@dataclass(frozen=True)
class Square:
    """Bounds in degrees (WGS 84)."""

    south: float
    north: float
    west: float
    east: float


def square(latitude: float, longitude: float, km: float) -> Square:
    """Bounds that hold every point at most `km` from this one; good for Brittany, not for a pole."""
    high = km / KM_A_DEGREE
    # A degree of longitude is shortest at the edge that is farther from the equator.
    wide = high / cos(radians(abs(latitude) + high))
    return Square(latitude - high, latitude + high, longitude - wide, longitude + wide)


def inside(latitude: Degrees, longitude: Degrees, centre: Located, km: float) -> ColumnElement[bool]:
    """Whether a row is in the square around `centre`, as the database asks it: before any distance is computed."""
    bounds = square(centre.latitude, centre.longitude, km)
    return and_(latitude.between(bounds.south, bounds.north), longitude.between(bounds.west, bounds.east))


def kilometres(latitude: Degrees, longitude: Degrees, centre: Located) -> ColumnElement[float]:
    """How far a row is from `centre`: haversine, as `distance_km` computes it."""
    north = func.radians(latitude)
    across = func.power(func.sin((north - radians(centre.latitude)) / 2), 2)
    along = func.power(func.sin(func.radians(longitude - centre.longitude) / 2), 2)
    part = across + cos(radians(centre.latitude)) * func.cos(north) * along
    return cast(2 * EARTH_RADIUS_KM * func.asin(func.sqrt(func.least(1.0, part))), Float)
