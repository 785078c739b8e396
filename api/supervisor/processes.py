"""How a child process is started: in a group of its own, as the right user, never outliving us unseen."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict

_PR_SET_PDEATHSIG = 1  # <sys/prctl.h>
# Looked up here, in the parent: between fork and exec a child may not load anything.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Owner:
    """The unprivileged account that a program runs as when we are root."""

    uid: int
    gid: int


class StartOptions(TypedDict, total=False):
    """What Popen is told beyond argv, folder, environment and streams."""

    start_new_session: bool
    preexec_fn: Callable[[], None] | None
    user: int
    group: int
    extra_groups: list[int]


def start_options(owner: Owner | None, on_parent_death: signal.Signals) -> StartOptions:
    """Options for Popen; `on_parent_death` reaches the child when the *thread* that starts it ends (Linux)."""
    options = StartOptions(start_new_session=True, preexec_fn=_die_with_parent(on_parent_death))
    return options | as_user(owner)


def as_user(owner: Owner | None) -> StartOptions:
    """Options for Popen that take the account of `owner` and none of our groups."""
    return StartOptions(user=owner.uid, group=owner.gid, extra_groups=[]) if owner else StartOptions()


def _die_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Run by Popen between setuid, which would clear it, and exec, which keeps it."""
    if _LIBC is None:
        return None
    prctl, parent = _LIBC.prctl, os.getpid()

    def arrange() -> None:
        prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != parent:  # it died before the call
            os._exit(1)

    return arrange
