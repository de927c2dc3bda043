"""Templates of YAML files, which write every value as YAML: no value can add a key."""

from __future__ import annotations

import jinja2
import yaml


def environment(package: str) -> jinja2.Environment:
    """The templates of one package, such as `intake`, in its folder `templates`."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader(f"disclosure.{package}", "templates"),
        autoescape=False,  # noqa: S701 - what is made is YAML, and `finalize` writes values as such
        finalize=_as_yaml,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _as_yaml(value: object) -> str:
    """A value as YAML on one line, valid within brackets as well: as plain as its text allows."""
    plain = isinstance(value, str) and value.isprintable()
    text = yaml.safe_dump(
        [value],
        default_style=None if plain else '"',
        default_flow_style=True,
        allow_unicode=True,
        width=10**9,
    )
    return text.strip()[1:-1]
