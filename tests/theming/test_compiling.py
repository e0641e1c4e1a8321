"""Templates compiled our way give what Jinja gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError, pass_context
from markupsafe import Markup, escape

from plugins.theming.assets import load_assets
from plugins.theming.compiling import MOST_KEPT, CompilingEnvironment, escaped
from plugins.theming.environment import create_environment
from plugins.theming.site import create_site
from plugins.theming.styleguide import EXAMPLES, example_settings

THEME = Path(__file__).parents[2] / "theme"
OURS = create_environment(THEME / "templates", lambda html, targets, pictures: html)
SITE = create_site(example_settings(THEME), load_assets(THEME))


def stock() -> Environment:
    """Jinja as it is, with the filters of the theme and fragments that are drawn each time."""
    environment = Environment(
        loader=OURS.loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(OURS.filters)

    @pass_context
    def fragment(context, name, **values):
        return Markup(environment.get_template(name).render(site=context["site"], **values))

    environment.globals["fragment"] = fragment
    return environment


STOCK = stock()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_is_what_jinja_makes_of_it(example) -> None:
    page = example.page
    assert OURS.get_template(page.template).render(page=page, site=SITE) == STOCK.get_template(page.template).render(
        page=page, site=SITE
    )


@given(st.one_of(st.text(), st.integers(), st.none(), st.text().map(Markup)))
def test_what_is_escaped_is_escaped_as_markupsafe_does(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))


CASES = [
    "{{ a ~ '<' }}{{ a | e }}",
    "{{ a }}{% if b %}{{ a }}<b>{% endif %}",
    "{% for x in c %}{{ loop.index }}{{ x }}{% else %}-{% endfor %}",
    "{% macro m(x) %}[{{ x }}]{% endmacro %}{{ m(a) }}{{ m('<') }}",
    "{% set x %}{{ a }}{% endset %}{{ x }}{{ c | join('<') }}",
    "{% filter upper %}{{ a }}<b>{% endfilter %}",
    "{% with y = a %}{{ y }}{% endwith %}{{ none }}{{ 1.5 }}",
]


@pytest.mark.parametrize("text", CASES)
def test_statements_of_every_kind_give_what_jinja_gives(text: str) -> None:
    values = {"a": "<a & b>", "b": True, "c": ["x", Markup("<y>"), 3]}
    options = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True}
    ours = CompilingEnvironment(**options).from_string(text).render(site=None, **values)
    assert ours == Environment(**options).from_string(text).render(**values)


def test_what_a_value_does_not_have_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="nothing"):
        CompilingEnvironment(undefined=StrictUndefined).from_string("{{ a.nothing }}").render(a=1)


def test_a_fragment_is_drawn_once_from_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ fragment("part.html", word=word) }}')
    (tmp_path / "part.html").write_text("<p>{{ word }}{{ site }}</p>")
    page = create_environment(tmp_path, lambda html, targets, pictures: html).get_template("page.html")
    assert page.render(site="s", word="<") == "<p>&lt;s</p>"
    (tmp_path / "part.html").write_text("changed")
    assert page.render(site="s", word="<") == page.render(site="s", word="<") == "<p>&lt;s</p>"
    assert page.render(site="t", word="<") == "<p>&lt;t</p>"
    for number in range(MOST_KEPT + 1):
        assert page.render(site="t", word=str(number)) == f"<p>{number}t</p>"


def test_a_fragment_reads_nothing_it_is_not_given(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ fragment("part.html") }}')
    (tmp_path / "part.html").write_text("{{ page.title }}")
    page = create_environment(tmp_path, lambda html, targets, pictures: html).get_template("page.html")
    with pytest.raises(UndefinedError, match="page"):
        page.render(site="s", page="p")
