"""The demo's own part, with played programs: `python -m tests.api.supervisor.played_house FOLDER PORT`."""

import sys
from pathlib import Path

from api.supervisor import house
from api.supervisor.demo import run_demo
from api.supervisor.welcome import Account, Welcome

_PROGRAM = Path(__file__).with_name("played_program.py")


def main(folder: Path, port: int) -> int:
    """The demo of `folder` on `port` with played programs."""
    root = folder.parent
    python = root / "bot" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S {_PROGRAM} "$@"\n')
    python.chmod(0o755)
    house.COMMAND, house.ROOT = (str(python),), root  # type: ignore[assignment]
    welcome = Welcome((("Discuter", "/"),), (Account("Yann", "conseiller", "yann", "mot"),))
    return run_demo(port, folder, welcome, lambda: Path("/models/one.tar.gz"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
