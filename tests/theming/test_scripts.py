"""Modules are joined and minified into one script for a page."""

from __future__ import annotations

from pathlib import Path

import brotli
import pytest

from plugins.theming.scripts import bundle, join_modules, minified

SCRIPTS = Path(__file__).parents[2] / "theme" / "static" / "js"


def test_a_bundle_keeps_the_names_of_each_module_to_itself(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('// order\nimport "./b.js";\nimport "./a.js";\n')
    (tmp_path / "a.js").write_text("const x = 1;")
    (tmp_path / "b.js").write_text("const x = 2;")
    assert bundle(tmp_path / "main.js") == "{const x = 2;}{const x = 1;}"


def modules(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "a.js"


def test_joined_modules_stand_after_what_they_import_each_once(tmp_path: Path) -> None:
    entry = modules(
        tmp_path,
        a='import { b } from "./b.js";\nimport { c } from "./c.js";\nb(c);\n',
        b='import { c } from "./c.js";\nexport const b = (x) => x + c;\n',
        c="export const c = 1;\n",
    )
    assert join_modules(entry) == "{const c = 1;\n\nconst b = (x) => x + c;\n\nb(c);\n}"


REFUSED = [
    (
        "a circle",
        {"a": 'import { b } from "./b.js";\n', "b": 'import { a } from "./a.js";\n'},
        r"a\.js → b\.js → a\.js",
    ),
    (
        "a name twice",
        {"a": 'import { b } from "./b.js";\nconst c = 1;\n', "b": "const c = 2;\nexport const b = 3;\n"},
        "'c'",
    ),
    (
        "a list of names",
        {"a": 'import { b } from "./b.js";\nconst { c, b } = x;\n', "b": "export const b = 3;\n"},
        "'b'",
    ),
    ("another import", {"a": 'import * as b from "./b.js";\n'}, "cannot be joined"),
    ("an import when needed", {"a": 'const b = await import("./b.js");\n'}, "cannot be joined"),
    ("another export", {"a": "export default 1;\n"}, "cannot be joined"),
]


@pytest.mark.parametrize(("name", "texts", "message"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_joined_is_named(tmp_path: Path, name: str, texts: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        join_modules(modules(tmp_path, **texts))


def test_minifying_keeps_template_texts_and_patterns_and_shortens_inner_names() -> None:
    script = "{const longName = (first) => `a  b ${ first }`; // gone\nwindow.p = [/a  [/] b/g, longName];}"
    (found,) = minified([script])
    assert "`a  b ${" in found
    assert "/a  [/] b/g" in found
    assert "longName" not in found and "gone" not in found


def test_a_script_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(ValueError, match="cannot be minified"):
        minified(["const = 1"])


def test_the_script_of_the_search_page_is_light() -> None:
    (script,) = minified([join_modules(SCRIPTS / "search.js")])
    assert len(brotli.compress(script.encode())) <= 10_000
