"""Arrows point one way: core knows nobody, domains know domains, channels and actions know domains, roots know all."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMPOSITION = {"app", "desk_app", "site_app", "worker", "cli"} | {
    "backup",
    "bench",
    "commands",
    "doctor",
    "metrics",
    "migrations",
    "seed",
    "supervisor",
}
"""Parts of api/ that assemble, make, fill or start the rest."""
NOT_DOMAINS = COMPOSITION | {"core", ""}


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """Every module named by an import statement, wherever it stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {_imported(node.module, alias.name) for alias in node.names}
    return found


def _imported(module: str, name: str) -> str:
    """`from api.core import clock` imports the module api.core.clock, not what api/core/__init__.py holds."""
    inner = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if inner.with_suffix(".py").exists() or inner.is_dir() else module


def room(path: Path) -> str:
    """The part of api/ that a module is in ("core", "texts", "app")."""
    return path.relative_to(ROOT / "api").parts[0].removesuffix(".py").replace("__init__", "")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", modules("api/core"), ids=named)
def test_core_imports_nothing_of_ours(path: Path) -> None:
    ours = {name for name in imports(path) if name.split(".")[0] in {"api", "actions", "channels"}}
    assert {name for name in ours if not name.startswith("api.core")} == set()


@pytest.mark.parametrize("path", modules("api"), ids=named)
def test_only_composition_roots_know_channels_and_actions(path: Path) -> None:
    if room(path) not in COMPOSITION:
        assert {name for name in imports(path) if name.split(".")[0] in {"actions", "channels"}} == set()


@pytest.mark.parametrize("path", modules("api"), ids=named)
def test_a_domain_imports_core_and_domains_only(path: Path) -> None:
    if room(path) in NOT_DOMAINS:
        return
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("api.")}
    assert rooms & COMPOSITION == set()


@pytest.mark.parametrize("path", modules("api"), ids=named)
def test_fastapi_stays_in_endpoints_and_roots(path: Path) -> None:
    if room(path) not in {"app", "desk_app", "site_app", "worker", "commands"} and path.name != "endpoints.py":
        assert {name for name in imports(path) if name.split(".")[0] in {"fastapi", "starlette"}} == set()


@pytest.mark.parametrize("path", modules("channels", "actions"), ids=named)
def test_channels_and_actions_import_domains_never_roots(path: Path) -> None:
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("api.")}
    assert rooms & COMPOSITION == set()
    other = "actions" if named(path).startswith("channels") else "channels"
    assert {name for name in imports(path) if name.split(".")[0] == other} == set()


@pytest.mark.parametrize("path", modules("bot/hent_bot"), ids=named)
def test_rasa_side_imports_nothing_of_the_server(path: Path) -> None:
    assert {name for name in imports(path) if name.split(".")[0] in {"api", "actions", "channels"}} == set()


def test_domains_do_not_import_each_other_in_circles() -> None:
    """Module by module: a circle between two domains is two domains that are one."""
    graph = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): imports(path)
        for path in modules("api", "actions", "channels")
    }
    graph = {name: {target for target in targets if target in graph} for name, targets in graph.items()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above, name))
        if name not in done:
            for target in graph[name] - {name}:
                visit(target, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())
