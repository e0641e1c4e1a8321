"""How templates are compiled: Jinja's own output, byte for byte, in half its time.

Five things take Jinja long on pages of many small pieces: a generator that yields each piece through every template it
extends, a ``Markup`` made of each piece that is escaped, a call for each attribute that is read, another around each call,
and a look at the globals whenever a macro is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, MutableMapping
from hashlib import blake2b
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, Template, UndefinedError, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner
except ImportError:  # a platform without the compiled half of markupsafe
    from markupsafe._native import _escape_inner


MOST_KEPT = 1_000  # fragments; a site has one header for each column


def escaped(value: object) -> str:
    """Return ``value`` as it may stand in HTML: as ``markupsafe.escape`` does, without marking the text as markup."""
    return _escape_inner(value) if type(value) is str else escape(value)


def bytecode_cache(folder: Path) -> FileSystemBytecodeCache:
    """Return the cache of compiled templates in ``folder``: by their text, Jinja's and Python's version, and this module."""
    folder.mkdir(parents=True, exist_ok=True)
    made_by = blake2b(Path(__file__).read_bytes(), digest_size=6).hexdigest()
    return FileSystemBytecodeCache(str(folder), pattern=f"{made_by}-%s.bin")


class Joined:
    """Stands where the compiler expects the name of a list: what is added comes back as one text."""

    append = staticmethod(str)
    extend = staticmethod("".join)


class Generator(CodeGenerator):
    """Compiles templates to generators that yield larger pieces."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 — Jinja's name
        """Write one ``yield`` for all that stands between two statements."""
        buffer = frame.buffer
        frame.buffer = buffer or "yield environment.joined"
        super().visit_Output(node, frame)
        frame.buffer = buffer

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 — Jinja's name
        """Write an attribute as Python does: templates read values of the house, none of which is a mapping."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
        else:
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Write a call as Python does, but for globals, which may want to be given the context."""
        callee = node.node
        is_plain = not (
            forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs)
        )
        if not is_plain or (isinstance(callee, nodes.Name) and callee.name in (*self.environment.globals, "super")):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(callee, frame)
        self.write(")(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class CompiledTemplate(Template):
    """A template whose module is made once: no template here has globals of its own."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """Return the text; what a value does not have is an ``UndefinedError``, as a name nobody gave is."""
        try:
            return super().render(*args, **kwargs)
        except AttributeError as error:
            raise UndefinedError(str(error)) from error

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module


class LightContext(Context):
    """A context without what only templates with globals of their own or changing escapes need."""

    def __init__(  # Jinja's own also counts the globals and asks about escaping, at every include
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        self.parent, self.vars, self.environment, self.name = parent, {}, environment, name
        self.eval_ctx = environment.eval_ctx  # type: ignore[attr-defined]
        self.exported_vars, self.globals_keys = set(), set()
        self.blocks = {name: [block] for name, block in blocks.items()}


class CompilingEnvironment(Environment):
    """An environment that compiles as this module says and finds a compiled template in one look."""

    code_generator_class = Generator
    template_class = CompiledTemplate
    context_class = LightContext
    joined = Joined()
    escaped = staticmethod(escaped)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.eval_ctx = nodes.EvalContext(self)
        self._ready: dict[str, Template] = {}
        self.globals["fragment"] = Fragments(self)

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return the template with ``name``, loaded once; a theme that changes gets an environment of its own."""
        found = self._ready.get(name) if isinstance(name, str) else name
        if found is None:
            found = self._ready[str(name)] = super().get_template(name, parent, globals)
        return found


class Fragments:
    """``fragment(name, **values)`` in a template: another one, drawn from these values and ``site`` alone.

    What was drawn once is kept: header and footer are the same on most pages. A name that is not passed is undefined
    there, so a fragment cannot read what it is not kept by.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._drawn: dict[Hashable, Markup] = {}
        self._site: object = None

    @pass_context
    def __call__(self, context: Context, name: str, **values: Hashable) -> Markup:
        """Return the fragment as markup."""
        site = context["site"]
        if site is not self._site:
            self._site = site
            self._drawn.clear()
        key = (name, *values.items())
        if key not in self._drawn:
            if len(self._drawn) == MOST_KEPT:
                self._drawn.clear()
            drawn = self._environment.get_template(name).render(site=site, **values)
            self._drawn[key] = Markup(drawn)  # the template escaped it
        return self._drawn[key]
