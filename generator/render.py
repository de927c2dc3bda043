"""Views to Markdown: Jinja templates that lay out and decide nothing.

The files are plain Markdown with HTML tables (merged cells need them), so that any Markdown
engine can build the site from them. All text from data passes through `escape`.
"""

from __future__ import annotations

import posixpath
import re
import string
from dataclasses import asdict, dataclass
from functools import partial

import jinja2
import yaml
from markupsafe import Markup

from generator.pages import View
from generator.pages.terms import ANCHORS

# Every ASCII punctuation mark means something to HTML, to Markdown or to one of its
# extensions somewhere; as character references they mean only themselves. A line break is
# written the same way, because a real one would end the HTML block it stands in.
ENTITIES = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation + "\n"}

SAFE_ADDRESS = re.compile(r"[A-Za-z0-9@._/-]*")


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A page as Markdown: its path below the folder of the pages, and its text."""

    path: str
    text: str


def escape(value: object) -> object:
    """Make a value harmless in HTML, in attributes, in Markdown and in titles alike.

    What the templates themselves produced (`Markup`) is left alone.
    """
    if hasattr(value, "__html__"):
        return value
    return Markup(str(value).translate(ENTITIES))  # noqa: S704 - this is the escaper


def relative(here: str, there: str) -> Markup:
    """The address `there` as seen from the page at `here`; both count from the site's root."""
    if not SAFE_ADDRESS.fullmatch(there):
        raise ValueError(f"not an address of this site: {there!r}")
    path = posixpath.relpath("/" + there, "/" + here)
    return Markup(path + "/" if there.endswith("/") or not there else path)  # noqa: S704 - checked


ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("generator"),
    autoescape=True,
    finalize=escape,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

ENVIRONMENT.globals["anchors"] = ANCHORS


def render(view: View) -> MarkdownFile:
    """One page as a Markdown file at the path that makes MkDocs serve it at its address."""
    template = ENVIRONMENT.get_template(f"{view.kind}.md.j2")
    body = template.render(page=view, to=partial(relative, view.address))
    return MarkdownFile(f"{view.address}index.md", _front_matter(view) + _layout(body))


def _front_matter(view: View) -> str:
    """What the theme prints as it is, without escaping: so it is escaped here already."""
    matter: dict[str, object] = {
        "title": str(escape(view.title)),
        "description": str(escape(view.description)),
        "hide": list(view.hide),
    }
    if view.origin:
        matter["origin"] = {
            key: str(escape(value)) for key, value in asdict(view.origin).items() if value
        }
    if view.revision:
        matter["version"] = asdict(view.revision)
    if view.dated:
        matter["dated"] = view.dated
    if view.structured:
        matter["structured"] = view.structured
    if view.facets:
        matter["search"] = {key: value for key, value in asdict(view.facets).items() if value}
    return f"---\n{yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10_000)}---\n"


def _layout(body: str) -> str:
    """Blank lines around headings and nowhere else, because one would end an HTML block."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    return "".join(f"\n{line}\n\n" if line.startswith("#") else f"{line}\n" for line in lines)
