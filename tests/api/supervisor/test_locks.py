import subprocess
import sys
from pathlib import Path

from api.supervisor.locks import try_lock
from tests.api.supervisor.waiting import until

_HOLDER = """
import sys, time
from pathlib import Path
from api.supervisor.locks import try_lock
with try_lock(Path(sys.argv[1])) as held:
    print(held, flush=True)
    time.sleep(60)
"""


def _free(path: Path) -> bool:
    with try_lock(path) as held:
        return held


def test_a_lock_has_one_holder_and_is_free_after_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with try_lock(path) as first:
        assert (first, _free(path)) == (True, False)
    assert _free(path)


def test_a_holder_killed_outright_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", _HOLDER, str(path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not _free(path)
        holder.kill()
        until(lambda: _free(path), "the lock is free")
