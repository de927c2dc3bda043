"""What can be wrong with a user's files, as values.

A mistake in the data is never an exception: the code that finds it makes a `Diagnostic`
and goes on. Exceptions mean a bug in this program or a broken machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """How much a finding matters; `ERROR` blocks publishing."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Span(Struct, frozen=True):
    """A place in a file.

    Attributes:
        path: The file, relative to the folder the user works in, with `/` between the parts.
        line: 1-based; 0 when the finding is about the file as a whole.
        column: 1-based, counted in characters (not bytes, not terminal cells).
        length: How many characters the finding covers, at least 1.
        excerpt: The source line, verbatim, without its line break.
    """

    path: str
    line: int = 0
    column: int = 1
    length: int = 1
    excerpt: str = ""


class Rule(Struct, frozen=True):
    """One kind of defect. Its code never changes its meaning.

    Attributes:
        code: Stable, such as `R201`.
        severity: What a finding of this kind does to publishing.
        title: The defect in a few Chinese words; the remedy is each finding's hint.
    """

    code: str
    severity: Severity
    title: str

    def at(self, span: Span, message: str, hint: str) -> Diagnostic:
        """A finding of this kind at `span`: what is wrong there, and what to do."""
        return Diagnostic(self.code, self.severity, message, span, hint)


def rules_in(names: Mapping[str, object]) -> tuple[Rule, ...]:
    """The rules among the names of a module, in the order in which it makes them."""
    return tuple(one for one in names.values() if isinstance(one, Rule))


class Diagnostic(Struct, frozen=True):
    """One finding: what (`code`, `message`), where (`span`) and what to do (`hint`)."""

    code: str
    severity: Severity
    message: str
    span: Span
    hint: str


class Remark(Struct, frozen=True):
    """A finding about a field, made where only values are known; reading knows the line.

    Attributes:
        rule: What is wrong.
        path: The data file, relative to the data folder.
        field: The way to the value in that file, such as `("continues", 0)`.
        message: What is wrong there.
        hint: What to do.
        sensitive: The value must not be repeated; the source line is shown without its digits.
    """

    rule: Rule
    path: str
    field: tuple[str | int, ...]
    message: str
    hint: str
    sensitive: bool = False


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings by file, then by place, so that the same data gives the same report."""
    return tuple(
        sorted(
            diagnostics, key=lambda d: (d.span.path, d.span.line, d.span.column, d.code, d.message)
        )
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding blocks publishing."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
