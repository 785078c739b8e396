"""The supervisor's last will: run as a program, it ends what the supervisor leaves if it is killed outright.

Standard input carries one line an event, `+<pid> <signal>` and `-<pid>`, each pid leading a process group of its own.
The end of input is the supervisor's death (the kernel closes the pipe): each group still listed gets its signal.
Linux's PR_SET_PDEATHSIG reaches only the child itself; this reaches what the child started, and works on macOS.
"""

import contextlib
import os
import sys


def main() -> None:
    """Read until the end of input, then end what is left."""
    living: dict[int, int] = {}
    for line in sys.stdin:
        if line.startswith("+"):
            pid, number = line[1:].split()
            living[int(pid)] = int(number)
        else:
            living.pop(int(line[1:]), None)
    for pid, number in living.items():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, number)


if __name__ == "__main__":
    main()
