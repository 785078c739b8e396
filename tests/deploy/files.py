"""What a deployment is made of, read as data: no Docker is needed to see what it would do."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
_INSTRUCTION = re.compile(r"^([A-Z]+) (.+)$")


@dataclass(frozen=True)
class Stage:
    """One stage of the Dockerfile: its name, what it is made from, its instructions in order."""

    name: str
    origin: str
    lines: tuple[tuple[str, str], ...]

    def last(self, word: str) -> str:
        """What the last instruction of that name says. Raises IndexError without one."""
        return [said for instruction, said in self.lines if instruction == word][-1]


@lru_cache
def stages() -> dict[str, Stage]:
    """The Dockerfile's stages, by name."""
    text = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
    found: dict[str, Stage] = {}
    for block in re.split(r"(?m)^(?=FROM )", text)[1:]:
        instructions = [match for match in map(_INSTRUCTION.match, block.splitlines()) if match]
        origin, _, name = instructions[0][2].partition(" AS ")
        found[name] = Stage(name, origin, tuple((one[1], one[2]) for one in instructions[1:]))
    return found


@lru_cache
def compose() -> dict[str, Any]:
    """docker-compose.yml, with its anchors resolved and its `${…}` as they stand."""
    read: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    return read


def services() -> dict[str, dict[str, Any]]:
    """Its services, by name."""
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def program(stage: Stage) -> list[str]:
    """The command of a stage, as it would be run."""
    words: list[str] = json.loads(stage.last("CMD"))
    return words
