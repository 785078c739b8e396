"""What was there at the start is not walked again."""

import gc

from api.core import heap


def test_what_was_made_before_is_no_longer_walked() -> None:
    before = [[number] for number in range(1000)]
    heap.settle()
    try:
        walked = {id(one) for one in gc.get_objects()}
        assert not any(id(one) in walked for one in before)
    finally:
        gc.unfreeze()
