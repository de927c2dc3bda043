"""Canaries: what we use of Jinja without being promised it is still there and means the same."""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import pytest

from disclosure.pages.jinja_internals import Environment

CHANGED = "Jinja has changed: adapt pages/jinja_internals.py, where {} is used."


def environment() -> Environment:
    """One whose `finalize` shows how often it was asked."""
    return Environment(autoescape=True, finalize="<{}>".format, undefined=jinja2.StrictUndefined)


def test_what_finalize_returns_is_printed_as_it_is() -> None:
    """It is asked once for each value, and what it returns is not escaped."""
    template = environment().from_string("{{ value }}{% for one in 'ab' %}{{ one }}{% endfor %}")
    assert template.render(value=1) == "<1><a><b>", CHANGED.format("_output_child_pre")


def test_functions_and_macros_are_called_as_they_are() -> None:
    """Calls go through the context, which neither adds nor takes away arguments."""
    environment_ = environment()
    text = "{% macro m(a, b) %}{{ a }}{{ b }}{% endmacro %}{{ m(1, b=2) }}{{ f(3, key=4) }}"
    assert "context.call(" in str(environment_.compile(text, raw=True)), CHANGED.format(
        "_Context.call"
    )
    given: list[object] = []

    def function(*arguments: object, **options: object) -> str:
        given.extend((arguments, options))
        return ""

    template = environment_.from_string(text)
    assert template.render(f=function) == "<<1><2>><>", CHANGED.format("_Context.call")
    assert given == [(3,), {"key": 4}], CHANGED.format("_Context.call")


def test_a_missing_attribute_is_an_error() -> None:
    """An attribute of a view is looked up; what the view does not have is not printed as empty."""
    template = environment().from_string("{{ view.title }}")
    assert template.render(view=SimpleNamespace(title="x")) == "<x>"
    with pytest.raises(jinja2.UndefinedError):
        template.render(view=SimpleNamespace())
