"""Our side of the guardian (`api.supervisor.guardian`): who is to be ended if we are killed outright."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_PROGRAM = Path(__file__).with_name("guardian.py")


class LastWill:
    """One guardian process, told of each child's group by lines in a pipe that only we hold."""

    def __init__(self) -> None:
        self._guardian: subprocess.Popen[str] | None = None
        self._listed: set[int] = set()

    def open(self) -> None:
        """Start the guardian, out of reach of the terminal's Ctrl-C."""
        self._guardian = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_PROGRAM)],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
            start_new_session=True,
        )

    def add(self, pid: int, end_signal: signal.Signals) -> None:
        """The group of `pid` is to get `end_signal`."""
        self._listed.add(pid)
        self._tell(f"+{pid} {int(end_signal)}\n")

    def settle(self, pid: int) -> None:
        """End now what is left of the group of `pid`, itself included; once, for the number may serve again."""
        if pid in self._listed:
            self._listed.remove(pid)
            _end_group(pid)
            self._tell(f"-{pid}\n")

    def close(self) -> None:
        """Let the guardian go, which ends what is still listed."""
        if self._guardian and self._guardian.stdin:
            with suppress(BrokenPipeError):
                self._guardian.stdin.close()
            self._guardian.wait()

    def _tell(self, line: str) -> None:
        if self._guardian and self._guardian.stdin:
            # A guardian that someone killed is not worth a demo: PR_SET_PDEATHSIG stands behind it on Linux.
            with suppress(BrokenPipeError):
                self._guardian.stdin.write(line)
                self._guardian.stdin.flush()


def _end_group(pid: int) -> None:
    """SIGKILL to whoever is left in the process group that `pid` leads."""
    # PermissionError: macOS answers so when only zombies are left.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
