"""What a start is doing, on one line that moves, and each step done on a line that stays."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Self

from rich.console import Console


class Progress:
    """Steps in hand, several at once; on a terminal a spinner names them."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status = console.status("Hent démarre")
        self._in_hand: list[str] = []

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._status.stop()

    @asynccontextmanager
    async def step(self, name: str) -> AsyncIterator[None]:
        """Show `name` while the block runs, and its seconds when it ends well."""
        began = time.monotonic()
        self._in_hand.append(name)
        self._show()
        try:
            yield
            self._console.print(f"✓ {name} : {time.monotonic() - began:.1f} s", highlight=False)
        finally:
            self._in_hand.remove(name)
            self._show()

    def _show(self) -> None:
        self._status.update(", ".join(self._in_hand))
