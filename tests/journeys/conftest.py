"""What journeys stand on, and in which order they are made."""

import pytest

from tests.journeys.records import Records
from tests.stack import Stack

# What is asserted there is shown as in a test.
pytest.register_assert_rewrite("tests.journeys.crowd")

LAST = "test_leaks.py"
"""It reads what all the others left behind."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name == LAST)


@pytest.fixture
def records(stack: Stack) -> Records:
    """The house's database."""
    return Records(stack)
