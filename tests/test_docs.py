"""What README, CONTRIBUTING and docs/ name exists: commands, paths, variables, names of code, invented people."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from api.cli import assemble
from api.core.secret_files import SUFFIX
from api.core.settings import Settings
from api.seed import files

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = PAGES[0].read_text("utf-8")
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
MADE = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split()]
"""What is built or kept on the spot, and so may be absent."""
SOURCES = ("api", "actions", "bot/hent_bot", "bot/domain", "channels", "data")

FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)")
VARIABLE = re.compile(r"\bHENT_[A-Z_]*[A-Z]\b")
# `api/core/`, `tests/test_docs.py`, `LICENSE.md`; not /health/ready, a URL, nor a type in a sentence.
PATH = re.compile(r"\.?[\w<>*-][\w<>*.-]*(?:/[\w<>*.-]*)+|\.?[\w-]+\.(?:py|yml|md|json|toml|ini|svg|lock)")
# Where a person's files or a machine's own are; /tmp and /var/tmp are everyone's.
MACHINE = re.compile(r"(?<![\w.:/])/(?:home|root|work|workspace|Users|opt|mnt|srv|usr)/")
VALUE = re.compile(r"[A-Z]+(?:\.tsv)?|\d+|\+\d+|https?://\S+")
"""What stands for the value of an argument or an option."""


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def spans(page: Path) -> list[str]:
    """Everything written as code: each span of a sentence, each line of a block."""
    text = page.read_text("utf-8")
    blocks = [line.partition("  #")[0].strip() for block in FENCE.findall(text) for line in block.splitlines()]
    return [*CODE.findall(FENCE.sub("", text)), *filter(None, blocks)]


def commands(program: str) -> list[Any]:
    """(page, words after it) of each call of `program`, whatever stands before it on its line."""
    call = re.compile(rf"^(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?{program} (.+)$")
    found = ((page, call.match(span)) for page in PAGES for span in spans(page))
    cases = {(named(page), call[1]) for page, call in found if call}
    return [pytest.param(words.split(), id=f"{page}: {words}") for page, words in sorted(cases)]


@lru_cache
def source_words() -> frozenset[str]:
    """Every word of the code and of its data, and the stems of names ("rsa_")."""
    texts = (
        path.read_text("utf-8")
        for folder in SOURCES
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".yml", ".js"}
    )
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    return frozenset(words | {word.partition("_")[0] + "_" for word in words})


def is_there(path: str) -> bool:
    """Whether it exists; `<topic>` and `*` stand for any name, and a bare name may be in any folder of the code."""
    plain = path.rstrip("/")
    if any(plain == made or plain.startswith(f"{made}/") for made in MADE):
        return True
    pattern = re.sub(r"<\w+>", "*", plain)
    return any(ROOT.glob(pattern)) or ("/" not in plain and any(any((ROOT / one).rglob(pattern)) for one in SOURCES))


@pytest.mark.parametrize("words", commands("make"))
def test_a_make_target_and_its_variables_exist(words: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text()
    for word in words:
        variable, is_set, _ = word.partition("=")
        rule = rf"^{variable} \?=" if is_set else rf"^{word}:"
        assert re.search(rule, makefile, re.MULTILINE), word


@pytest.mark.parametrize("words", commands("hent"))
def test_a_hent_command_and_its_options_exist(words: list[str]) -> None:
    command: Any = get_command(assemble())
    for word in words:
        if word.startswith("-"):
            assert word in {"--help", *(name for option in command.params for name in option.opts)}
        elif hasattr(command, "commands"):
            assert word in command.commands
            command = command.commands[word]
        else:
            assert VALUE.fullmatch(word), word


def test_the_readme_names_every_hent_command() -> None:
    everything: Any = get_command(assemble())
    for name in everything.commands:
        assert re.search(rf"`hent {name}\b", README), name


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_path_exists(page: Path) -> None:
    words = {word.rstrip(".,;:") for span in spans(page) for word in span.split()}
    assert sorted(word for word in words if PATH.fullmatch(word) and not is_there(word)) == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_test_that_is_named_exists(page: Path) -> None:
    for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page.read_text("utf-8")):
        assert re.search(rf"^(?:async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), name


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_link_leads_to_a_file(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text("utf-8")) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_variable_is_read_by_the_house(page: Path) -> None:
    known = {f"HENT_{name}".upper() for name in Settings.model_fields} | source_words()
    # Any of them may name a file instead.
    named_there = {name.removesuffix(SUFFIX) for name in VARIABLE.findall(page.read_text("utf-8"))}
    assert named_there <= known


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_stands_in_the_readme_with_its_default(name: str) -> None:
    field = Settings.model_fields[name]
    variable = str(field.validation_alias or f"HENT_{name}".upper())
    default = "none" if field.is_required() else f"`{field.default}`"
    assert f"| `{variable}` | {default} |" in README


def test_the_people_to_try_are_in_the_demonstration() -> None:
    seeded = {
        (f"{person['first']} {person['last']}", person["phone"], person["born"].isoformat())
        for households in files.people().values()
        for household in households
        for person in household["members"]
    }
    tried = re.findall(r"^\| ([^|]+) \| (06 [\d ]+) \| ([\d-]+) \|", README, re.MULTILINE)
    assert len(tried) == 5
    assert set(tried) <= seeded


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_nothing_names_a_place_on_one_machine(page: Path) -> None:
    assert MACHINE.findall(page.read_text("utf-8")) == []


def test_the_glossary_names_what_the_code_names() -> None:
    rows = re.findall(
        r"^\| [^|]+ \| ([^|]+) \| [^|]+ \|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE
    )
    names = {name for row in rows for name in CODE.findall(row) if not PATH.fullmatch(name)}
    assert len(names) > 40
    assert names - source_words() == set()


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [page.name[:4] for page in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("page", DECISIONS, ids=named)
def test_a_decision_is_one_page_of_four_parts(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith(f"# {page.name[:4]}. ")
    parts = ["Context", "Decision", "Consequences", "What would make us change it"]
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == parts
    assert text.count("\n") <= 60


def test_every_picture_is_shown_on_a_page() -> None:
    """One that nobody looks at grows old unseen: two showed a menu of three entries where there are seven."""
    shown = {(page.parent / link).resolve() for page in PAGES for link in LINK.findall(page.read_text("utf-8"))}
    pictures = [one for kind in ("png", "svg") for one in (ROOT / "docs").rglob(f"*.{kind}")]
    assert len(pictures) > 5
    assert [named(one) for one in pictures if one.resolve() not in shown] == []
