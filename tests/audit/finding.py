"""What an advisory service knows of a lock file, asked by `uv audit` (OSV: PyPI's and GitHub's advisories)."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0
"""Seconds for one lock file: three hundred packages are one question."""
FOUND = {0, 1}
"""How `uv audit` ends when it was answered."""
OF_THE_SERVICE = "for url ("
"""In what it says of a service that does not answer, or answers 5xx; all else is ours to mend."""


class Unreachable(Exception):
    """No advisory service answers from here."""


@dataclass(frozen=True)
class Advisory:
    """One weakness of one locked package, under all its names."""

    lock: str
    package: str
    version: str
    ids: frozenset[str]
    summary: str
    fixed_in: tuple[str, ...]

    def __str__(self) -> str:
        fixed = f"fixed in {', '.join(self.fixed_in)}" if self.fixed_in else "not fixed"
        return f"{self.package} {self.version} ({self.lock}): {' '.join(sorted(self.ids))}, {self.summary} ({fixed})"


def audited(uv: Path, root: Path, lock: str, service: str | None = None) -> list[Advisory]:
    """The weaknesses of what this lock file holds. Raises Unreachable, and RuntimeError when uv cannot do it."""
    project = str(root / Path(lock).parent)
    argv = [str(uv.absolute()), "audit", "--frozen", "--output-format", "json", "--project", project]
    argv += ["--service-url", service] if service else []
    # One try: a machine without a way out is told so at once.
    env = os.environ | {"UV_HTTP_RETRIES": "0", "UV_HTTP_TIMEOUT": "20", "UV_NO_PROGRESS": "1"}
    try:
        ended = subprocess.run(argv, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired as late:
        raise Unreachable(f"no answer within {PATIENCE:.0f} s") from late
    if ended.returncode in FOUND:
        return read(lock, ended.stdout)
    last = " ".join(ended.stderr.split())[-200:]
    raise Unreachable(last) if OF_THE_SERVICE in ended.stderr else RuntimeError(last)


def read(lock: str, printed: str) -> list[Advisory]:
    """What `uv audit --output-format json` printed."""
    return [
        Advisory(
            lock=lock,
            package=one["dependency"]["name"],
            version=one["dependency"]["version"],
            ids=frozenset([one["id"], *one["aliases"]]),
            summary=one["summary"] or "",
            fixed_in=tuple(one["fix_versions"]),
        )
        for one in json.loads(printed)["vulnerabilities"]
    ]
