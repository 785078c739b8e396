"""Memory of the programs of a house: resident set size, in MB of 10^6 bytes.

RSS rather than PSS or USS: it is what `ps` and container limits show, and another house on the same machine, which
shares libraries with this one, does not change it. Pages that two of our programs share are counted in each.
"""

import psutil

PROGRAMS = {"server": "api.cli serve", "worker": "api.cli worker", "rasa": "hent_bot run"}
"""Program to words of its command line."""


def resident(pid: int) -> float:
    """One process, MB."""
    return float(psutil.Process(pid).memory_info().rss) / 1e6


def resident_programs(demo: int) -> dict[str, float]:
    """MB of each of `PROGRAMS` under the process of `hent demo`. Raises LookupError when one is not there."""
    return {name: resident(pid_of(demo, name)) for name in PROGRAMS}


def pid_of(demo: int, name: str) -> int:
    """The process of one of `PROGRAMS` under that of `hent demo`. Raises LookupError when it is not there."""
    lines = {process.pid: " ".join(process.cmdline()) for process in psutil.Process(demo).children(recursive=True)}
    return _pid(lines, PROGRAMS[name])


def _pid(lines: dict[int, str], words: str) -> int:
    for pid, line in lines.items():
        if words in line:
            return pid
    raise LookupError(f"no process runs {words}")
