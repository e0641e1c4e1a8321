"""Modules are joined, minified and linked under their hashed names."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.theming.scripts import bundle, imports_of, link_modules, minify


def test_a_bundle_keeps_the_names_of_each_module_to_itself(tmp_path: Path) -> None:
    (tmp_path / "main.js").write_text('// order\nimport "./b.js";\nimport "./a.js";\n')
    (tmp_path / "a.js").write_text("const x = 1; // one\n")
    (tmp_path / "b.js").write_text("const x = 2;\n")
    assert bundle(tmp_path / "main.js") == "{const x=2;}{const x=1;}"


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ('import { a } from "./search-a.js";', ("search-a.js",)),
        ("import {a} from './search-a.js'; export * from './search-b.js'", ("search-a.js", "search-b.js")),
        ('const b = await import("./search-b.js");', ("search-b.js",)),
        ('import "./search-c.js";', ("search-c.js",)),
        ('fetch("./search-d.js")', ()),
    ],
)
def test_imports_are_found_in_every_form(script: str, names: tuple[str, ...]) -> None:
    assert imports_of(script) == names


def test_linked_modules_name_what_they_import_by_its_published_name() -> None:
    scripts = {"search.js": 'import { a } from "./search-a.js";a()', "search-a.js": "export const a = () => 1"}
    texts: dict[str, str] = {}

    def publish(name: str, script: str) -> str:
        texts[name] = script
        return name.replace(".js", ".1234.js")

    assert link_modules(scripts, publish) == {"search-a.js": "search-a.1234.js", "search.js": "search.1234.js"}
    assert texts["search.js"] == 'import { a } from "./search-a.1234.js";a()'


def test_a_circle_of_imports_is_named() -> None:
    scripts = {"a.js": 'import "./b.js"', "b.js": 'import "./a.js"'}
    with pytest.raises(ValueError, match=r"a\.js → b\.js → a\.js"):
        link_modules(scripts, lambda name, script: name)


def test_minifying_keeps_template_texts_and_patterns() -> None:
    assert (
        minify("const t = `a  b ${ x }`; // gone\nconst p = /a  [/] b/g;")
        == "const t=`a  b ${ x }`;const p=/a  [/] b/g;"
    )
