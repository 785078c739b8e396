from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from api.authorities.communes import distance_km
from api.authorities.nearby import square


@dataclass(frozen=True)
class Point:
    latitude: float
    longitude: float


POINTS = st.builds(Point, st.floats(47, 49.5), st.floats(-6, -0.5))


@given(POINTS, POINTS, st.floats(0.1, 80))
def test_what_is_near_enough_is_inside_the_square(centre: Point, other: Point, km: float) -> None:
    bounds = square(centre.latitude, centre.longitude, km)

    inside = bounds.south <= other.latitude <= bounds.north and bounds.west <= other.longitude <= bounds.east

    assert inside or distance_km(centre, other) > km


@given(POINTS, st.floats(0.1, 80))
def test_the_square_is_hardly_larger_than_needed(centre: Point, km: float) -> None:
    bounds = square(centre.latitude, centre.longitude, km)

    assert distance_km(centre, Point(bounds.north, centre.longitude)) < km * 1.001
    assert distance_km(centre, Point(centre.latitude, bounds.east)) < km * 1.05
