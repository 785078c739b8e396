"""The secrets of a demo: made once, kept in `<folder>/secrets.env`, read by nobody else."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

NAMES = ("HENT_SECRET_KEY", "HENT_RASA_TOKEN", "HENT_ACTIONS_TOKEN", "HENT_RASA_DB_PASSWORD")
_BYTES = 32


def demo_secrets(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Every secret of `NAMES`, 32 random bytes each in URL-safe base64; what `environment` gives wins, unkept."""
    path = folder / "secrets.env"
    kept = _read(path)
    made = {name: secrets.token_urlsafe(_BYTES) for name in NAMES if name not in kept}
    if made:
        kept |= made
        write_private(path, "".join(f"{name}={value}\n" for name, value in kept.items()))
    return {name: environment.get(name) or kept[name] for name in NAMES}


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads (0600), whole or not at all."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_secrets(folder: Path) -> dict[str, str]:
    """The secrets that a demo of this folder keeps, by name; none without one, or when they are not ours to read."""
    path = folder / "secrets.env"
    return _parsed(path) if os.access(path, os.R_OK) else {}


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    path.chmod(0o600)
    return _parsed(path)


def _parsed(path: Path) -> dict[str, str]:
    lines = (line.partition("=") for line in path.read_text().splitlines())
    return {name: value for name, _, value in lines if value}
