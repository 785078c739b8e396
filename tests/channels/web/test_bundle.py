"""Modules put together behave as they did apart, and what cannot be put together is refused."""

import shutil
import subprocess
from pathlib import Path

import pytest

from channels.web.bundle import script, small
from channels.web.pieces import STATIC

TESTS = Path(__file__).parent


def bundled(folder: Path, **modules: str) -> str:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return script(folder, "main.js")


def node_js() -> str:
    node = shutil.which("node")
    if node is None:
        pytest.skip("SKIPPED: Node.js is absent, no bundle was run")
    return node


def run(text: str) -> str:
    node = node_js()
    return subprocess.run(
        [node, "--input-type=module", "-e", text], check=True, capture_output=True, text=True
    ).stdout.strip()


def test_each_module_keeps_its_own_names_and_runs_once(tmp_path: Path) -> None:
    text = bundled(
        tmp_path,
        main='import { one } from "./a.js";\nimport { two as deux, seen } from "./b.js";\n'
        "const told = 3;\ndeux().then((two) => console.log(one(), two, told, seen.length));\n",
        a='import { seen } from "./b.js";\nconst told = 1;\nseen.push("a");\n'
        "export function one() {\n  return told;\n}\n",
        b="const told = 2;\nexport const seen = [];\n"
        "// A comment, 'quoted'.\nexport async function two() {\n  return `${told} // kept`;\n}\n",
    )
    assert run(text) == "1 2 // kept 3 1"
    assert "quoted" not in text


@pytest.mark.parametrize(
    "line",
    [
        'import "./a.js";',
        'import * as a from "./a.js";',
        'import a from "./a.js";',
        'export { a } from "./a.js";',
        "export default 1;",
        "export let a = 1;",
        "const a = `${b ? `c d` : e}`;",
    ],
)
def test_what_is_not_understood_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ValueError):
        bundled(tmp_path, main=f"{line}\n", a="export const b = 1;\n")


def test_a_circle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="circle"):
        bundled(
            tmp_path,
            main='import { a } from "./a.js";\n',
            a='import { b } from "./b.js";\nexport const a = b;\n',
            b='import { a } from "./a.js";\nexport const b = a;\n',
        )


def test_blanks_in_texts_stay() -> None:
    assert small("const a = `x  y`;  // z\nconst b = /[ /'\"`]  d/;\n") == "const a=`x  y`;const b=/[ /'\"`]  d/;"


def test_the_modules_pass_their_own_tests_without_their_blanks(tmp_path: Path) -> None:
    """A text that lost a blank would be read by people only, in one sentence of a hundred."""
    made, tests = (tmp_path / "channels/web/static", tmp_path / "tests/channels/web")
    shutil.copytree(STATIC, made)
    shutil.copy(STATIC.parent / "package.json", made.parent)
    shutil.copytree(TESTS, tests, ignore=lambda _, names: [name for name in names if not name.endswith(".mjs")])
    for module in made.glob("*.js"):
        module.write_text(small(module.read_text("utf-8")))
    files = sorted(map(str, tests.glob("*.test.mjs")))
    ended = subprocess.run([node_js(), "--test", *files], check=False, capture_output=True, text=True)
    assert ended.returncode == 0, "\n".join(line for line in ended.stdout.splitlines() if "not ok" in line)
