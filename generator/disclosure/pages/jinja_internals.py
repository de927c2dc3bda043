"""The private parts of Jinja that this program uses, all of them.

Jinja escapes what `finalize` has returned, and asks every function that a template calls whether
it wants the context. For the templates of the pages both are done twice or for nothing, and took
most of the time (`docs/decisions` has the figures). What is used here may change in any version,
so pyproject.toml has an upper bound and `tests/pages/test_jinja_internals.py` says in one sentence
which part has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr


class _CodeGenerator(CodeGenerator):
    """Compiles templates without what Jinja would do a second time.

    What `finalize` made of a value is printed as it is, and not escaped again; Jinja's own
    `nativetypes` does it like this.
    """

    def _output_child_pre(self, _node: Expr, _frame: Frame, finalize: Any) -> None:
        assert finalize.src, "it is `finalize` that makes text harmless"
        self.write(finalize.src)

    def _output_child_post(self, _node: Expr, _frame: Frame, _finalize: Any) -> None:
        self.write(")")


class _MacroContext(jinja2.runtime.Context):
    """Calls macros and functions without asking each whether it wants the context."""

    def call(
        self,
        function: Callable[..., Any],
        /,
        *arguments: Any,
        _block_vars: object = None,
        _loop_vars: object = None,
        **options: Any,
    ) -> Any:
        """What the function returns; it is given neither the context nor Jinja's own variables."""
        return function(*arguments, **options)


class Environment(jinja2.Environment):
    """An environment whose `finalize` makes text harmless, and whose functions want no context."""

    code_generator_class = _CodeGenerator
    context_class = _MacroContext
