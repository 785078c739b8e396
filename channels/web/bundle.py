"""A page's modules as one file, and its style sheets as another: forty requests are a minute on a train.

Only what our modules use is understood: named imports of a neighbour, and exports of functions and constants that
stand where they are declared. Anything else is refused, when the server starts.
"""

import re
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

_IMPORT = re.compile(r'^import \{([^}]+)\} from "\./([\w.-]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function\*?|const|class) (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
# rjsmin 1.3 loses the blanks of the inner one.
_TEMPLATE_IN_TEMPLATE = re.compile(r"`[^`]*\$\{[^}`]*`")


def script(folder: Path, entry: str) -> str:
    """The module `entry` and all that it leads to, each in a scope of its own, those that are needed first.

    Raises ValueError for a circle, or for a way of importing and exporting that is not read here.
    """
    parts: list[str] = []
    numbers: dict[str, int] = {}
    _add(folder, entry, numbers, parts, ())
    return small("\n".join(parts))


def small(text: str) -> str:
    """A script without its comments and blanks. Raises ValueError for a template inside another."""
    found = _TEMPLATE_IN_TEMPLATE.search(text)
    if found:
        raise ValueError(found[0])
    return str(jsmin(text))


def style(folder: Path, names: list[str]) -> str:
    """These style sheets, in this order."""
    return str(cssmin("\n".join((folder / name).read_text("utf-8") for name in names)))


def _add(folder: Path, name: str, numbers: dict[str, int], parts: list[str], path: tuple[str, ...]) -> None:
    if name in path:
        raise ValueError(f"modules in a circle: {', '.join((*path, name))}")
    if name in numbers:
        return
    text = (folder / name).read_text("utf-8")
    for found in _IMPORT.finditer(text):
        _add(folder, found[2], numbers, parts, (*path, name))
    numbers[name] = len(numbers)
    parts.append(_scope(name, text, numbers))


def _scope(name: str, text: str, numbers: dict[str, int]) -> str:
    """`const m3 = (() => { const { a, b: c } = m1; ...; return { d }; })();`"""
    given = ", ".join(found[2] for found in _EXPORT.finditer(text))
    text = _IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = m{numbers[found[2]]};", text)
    text = _EXPORT.sub(r"\1 \2", text)
    left = _LEFT.search(text)
    if left:
        raise ValueError(f"{name}: {left[0]}")
    return f"const m{numbers[name]} = (() => {{\n{text}\nreturn {{ {given} }};\n}})();"
