"""The chat stays light enough for an old telephone on a train."""

from tests.channels.web.weighing import FRAME_AT_MOST, LOADER_AT_MOST, weigh


def test_the_loader_and_the_frame_stay_within_their_bounds() -> None:
    found = weigh()
    assert 1000 < found.loader <= LOADER_AT_MOST
    assert 10_000 < found.frame <= FRAME_AT_MOST
    # The page, its script, its style sheet, its mark.
    assert found.requests == 4
