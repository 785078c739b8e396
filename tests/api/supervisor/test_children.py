"""Real processes, tiny scripts: each writes its pid, one a line, in a file that the test reads."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from api.supervisor.children import Child, Supervisor, next_pause
from api.supervisor.errors import ChildFailed
from tests.api.supervisor.waiting import lives, read_pids, until

_LIVE = "import os, sys, time; print(os.getpid(), file=open(sys.argv[1], 'a')); time.sleep(60)"
_DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + _LIVE
_PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {_LIVE!r}, sys.argv[1]]); " + _LIVE
_DIE = "import os, sys; print(os.getpid(), file=open(sys.argv[1], 'a'))"


def _child(folder: Path, script: str, name: str = "child", *, awaited: int = 1, stop_within: float = 5) -> Child:
    pids = folder / f"{name}.pids"
    return Child(
        name,
        (sys.executable, "-c", script, str(pids)),
        os.environ,
        folder,
        folder / f"{name}.log",
        ready=_wrote(pids, awaited),
        ready_within=20,
        stop_within=stop_within,
    )


def _wrote(pids: Path, count: int) -> Callable[[], Awaitable[bool]]:
    async def written() -> bool:
        return len(read_pids(pids)) >= count

    return written


def _unheard(sentence: str) -> None:
    """For the tests that are about something else."""


async def _until(met: Callable[[], bool], what: str) -> None:
    await asyncio.to_thread(until, met, what)


async def test_a_child_that_dies_starts_again_and_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    pids = tmp_path / "child.pids"
    async with Supervisor(said.append) as supervisor:
        await supervisor.start(_child(tmp_path, _LIVE))
        (first,) = read_pids(pids)
        os.kill(first, signal.SIGKILL)
        await _until(lambda: len(read_pids(pids)) == 2, "a second process")
        second = read_pids(pids)[1]
        assert supervisor.pids() == {"child": second}
    assert said == ["child s'est arrêté : il redémarre."]
    assert not lives(second)


async def test_what_a_dead_child_left_in_its_group_ends_before_it_starts_again(tmp_path: Path) -> None:
    pids = tmp_path / "child.pids"
    async with Supervisor(_unheard) as supervisor:
        await supervisor.start(_child(tmp_path, _PARENT, awaited=2))
        first = set(read_pids(pids))
        os.kill(supervisor.pids()["child"], signal.SIGKILL)
        await _until(lambda: len(read_pids(pids)) == 4, "a second parent and its child")
        assert not any(lives(pid) for pid in first)


@pytest.mark.parametrize(
    ("case", "pause", "lived", "expected"),
    [
        ("first death", 0.0, 1.0, 0.5),
        ("second death soon after", 0.5, 1.0, 1.0),
        ("fifth", 4.0, 1.0, 8.0),
        ("never past ten seconds", 8.0, 1.0, 10.0),
        ("still ten", 10.0, 1.0, 10.0),
        ("a long life forgets", 10.0, 31.0, 0.5),
    ],
)
def test_a_child_that_cannot_live_is_tried_less_and_less_often(
    case: str, pause: float, lived: float, expected: float
) -> None:
    assert next_pause(pause, lived) == expected, case


async def test_leaving_ends_every_child_the_last_started_first(tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    end = f"lambda *_: (print(sys.argv[1], file=open({str(ended)!r}, 'a')), sys.exit())"
    script = f"import signal, sys; signal.signal(signal.SIGTERM, {end}); {_LIVE}"
    async with Supervisor(_unheard) as supervisor:
        for name in ("one", "two", "three"):
            await supervisor.start(_child(tmp_path, script, name))
    assert [Path(line).stem for line in ended.read_text().splitlines()] == ["three", "two", "one"]


async def test_a_child_deaf_to_its_signal_is_ended_with_its_own_children(tmp_path: Path) -> None:
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + _PARENT
    async with Supervisor(_unheard) as supervisor:
        await supervisor.start(_child(tmp_path, deaf, awaited=2, stop_within=0.2))
    pids = read_pids(tmp_path / "child.pids")
    await _until(lambda: not any(lives(pid) for pid in pids), "both are gone")


@pytest.mark.parametrize("failing", [RuntimeError, asyncio.CancelledError])
async def test_an_error_inside_the_block_ends_the_children_too(tmp_path: Path, failing: type[BaseException]) -> None:
    async def block() -> None:
        async with Supervisor(_unheard) as supervisor:
            await supervisor.start(_child(tmp_path, _LIVE))
            raise failing

    with pytest.raises(failing):
        await block()
    assert not lives(read_pids(tmp_path / "child.pids")[0])


async def test_a_start_that_is_interrupted_leaves_no_child(tmp_path: Path) -> None:
    async def block() -> None:
        async with Supervisor(_unheard) as supervisor:
            await supervisor.start(_child(tmp_path, _LIVE, awaited=2))

    starting = asyncio.create_task(block())
    await _until(lambda: len(read_pids(tmp_path / "child.pids")) == 1, "it runs")
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert not lives(read_pids(tmp_path / "child.pids")[0])


async def test_a_child_that_ends_before_it_is_ready_is_named_with_the_end_of_its_log(tmp_path: Path) -> None:
    child = _child(tmp_path, "raise SystemExit('no model')")
    async with Supervisor(_unheard) as supervisor:
        with pytest.raises(ChildFailed, match=r"child s'est arrêté(.|\n)*child\.log(.|\n)*no model"):
            await supervisor.start(child)


async def test_a_child_that_is_never_ready_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    async def never() -> bool:
        return False

    child = Child("mute", ("sleep", "60"), os.environ, tmp_path, tmp_path / "log", never, ready_within=0.3)
    async with Supervisor(_unheard) as supervisor:
        with pytest.raises(ChildFailed, match="mute n'est pas prêt"):
            await supervisor.start(child)
        pid = supervisor.pids()["mute"]
    assert not lives(pid)


async def test_a_command_is_run_to_its_end_and_its_failure_told(tmp_path: Path) -> None:
    async with Supervisor(_unheard) as supervisor:
        await supervisor.run(Child("good", (sys.executable, "-c", ""), os.environ, tmp_path, tmp_path / "good.log"))
        assert supervisor.pids() == {}
        bad = Child("bad", (sys.executable, "-c", "exit('refused')"), os.environ, tmp_path, tmp_path / "bad.log")
        with pytest.raises(ChildFailed, match=r"bad a échoué(.|\n)*refused"):
            await supervisor.run(bad)


async def test_children_are_out_of_reach_of_the_terminals_ctrl_c(tmp_path: Path) -> None:
    async with Supervisor(_unheard) as supervisor:
        await supervisor.start(_child(tmp_path, _LIVE))
        pid = supervisor.pids()["child"]
        assert os.getpgid(pid) == pid != os.getpgid(0)


_SUPERVISE = """
import asyncio, sys
from pathlib import Path
from api.supervisor.children import Supervisor
from tests.api.supervisor.test_children import _child, _DEAF, _PARENT

async def main():
    async with Supervisor(print) as supervisor:
        await supervisor.start(_child(Path(sys.argv[1]), _DEAF, "deaf"))
        await supervisor.start(_child(Path(sys.argv[1]), _PARENT, "parent", awaited=2))
        print("ready", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""


def test_a_supervisor_killed_outright_leaves_nothing_running(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", _SUPERVISE, str(tmp_path)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        assert supervisor.stdout.readline() == "ready\n"
        pids = [pid for name in ("deaf", "parent") for pid in read_pids(tmp_path / f"{name}.pids")]
        assert len(pids) == 3
        assert all(lives(pid) for pid in pids)
        supervisor.kill()
    until(lambda: not any(lives(pid) for pid in pids), "children and grandchildren are gone")
