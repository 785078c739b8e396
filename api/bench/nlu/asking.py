"""Programs of Rasa's environment that are asked once: the question in, the answer and the memory out."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.bench.house import LOGS, RASA, environment
from api.bench.memory import resident
from api.supervisor.errors import ChildFailed


@dataclass(frozen=True, slots=True)
class Told:
    """What a program answered, and what it weighed when it had."""

    answer: Any
    memory: float
    """RSS, MB."""


def ask(program: str, question: object, cwd: Path, *arguments: str) -> Told:
    """Run `hent_bot.measured.<program>` on a question that JSON can tell. Raises ChildFailed with its log."""
    log = LOGS / f"nlu-{program}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    argv = (RASA, "-m", f"hent_bot.measured.{program}", *arguments)
    with (
        log.open("w") as errors,
        subprocess.Popen(
            argv, cwd=cwd, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        # It lives until its input ends: its memory can still be read.
        told = process.stdout.readline()
        memory = resident(process.pid)
    if process.returncode or not told:
        raise ChildFailed(f"La mesure « {program} » a échoué. Son journal est {log}.")
    return Told(json.loads(told), memory)
