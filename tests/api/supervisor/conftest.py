import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.supervisor.postgres import remove


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that an unprivileged account can cross."""
    made = Path(tempfile.mkdtemp(prefix="hent-", dir="/tmp"))
    made.chmod(0o711)
    yield made
    remove(made)
