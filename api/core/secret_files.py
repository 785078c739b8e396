"""Variables whose value lies in a file, as containers hand secrets over: HENT_SECRET_KEY_FILE names the key's.

A variable can be read by whoever may inspect the container, and is printed in crash reports; a file is not.
"""

from collections.abc import Mapping
from pathlib import Path

SUFFIX = "_FILE"


class SecretUnreadable(Exception):
    """A file that a variable names cannot be used; its text is a French sentence, without the value."""


def named_files(environment: Mapping[str, str]) -> dict[str, Path]:
    """The variables that a file gives, by the name that settings read them under."""
    ours = [name for name in environment if name.endswith(SUFFIX) and name.startswith(("HENT_", "DATABASE_URL"))]
    return {name.removesuffix(SUFFIX): Path(environment[name]) for name in ours if environment[name]}


def from_files(environment: Mapping[str, str]) -> dict[str, str]:
    """The value of each of those variables, without the line end that editors leave.

    Raises SecretUnreadable: no such file, an empty one, or the variable says something else.
    """
    return {name: _value(name, path, environment) for name, path in named_files(environment).items()}


def _value(name: str, path: Path, environment: Mapping[str, str]) -> str:
    try:
        value = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretUnreadable(f"{name}{SUFFIX} : le fichier {path} ne peut pas être lu.") from error
    if not value:
        raise SecretUnreadable(f"{name}{SUFFIX} : le fichier {path} est vide.")
    # The same twice is what a command hands to those that it starts.
    if environment.get(name, "") not in ("", value):
        raise SecretUnreadable(f"{name} et {name}{SUFFIX} ne disent pas la même chose : gardez le fichier.")
    return value
