"""Views to Markdown: Jinja templates that lay out and decide nothing.

The files are plain Markdown with HTML tables (merged cells need them), so that any Markdown
engine can build the site from them. All text from data passes through `escaping`.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from functools import cached_property, lru_cache, partial

import jinja2
import yaml
from markupsafe import Markup
from msgspec import Struct, field
from msgspec.structs import asdict

from disclosure.compare.code_lists import STATES
from disclosure.pages import cards
from disclosure.pages.change_wording import DISPUTED, NOT_A_LOWERING
from disclosure.pages.escaping import escape, escaped
from disclosure.pages.form_rows import TableCell, TableRow
from disclosure.pages.formatting import size
from disclosure.pages.jinja_internals import Environment
from disclosure.pages.terms import ANCHORS
from disclosure.pages.view import View

#: What is counted or measured.
_UNIT = (
    "(?:个(?:百分点|工作日|月)|百分[点比]|平方米|公里|人次|课时|学时|小时|"
    "[元年月日个项号份次天条人户家所处座名场期台套件亩米分辆吨起栋张])"
)
#: A number and what it counts, or a date; in an escaped text a number may hold `&#46;` and `&#44;`.
_COUNTED = re.compile(
    r"(?<![\d#])\d+(?:月\d+日前?|"
    rf"(?:&#4[46];\d+)*[万亿]?{_UNIT}(?:&#47;{_UNIT}(?:[·・]{_UNIT})?)?|(?:&#45;\d\d){{2}})"
)
#: Or with the word that its clause begins with and the mark behind it.
_BEGUN = re.compile(f"(?:^[少多晚])?{_COUNTED.pattern}[，；]?")
#: Or a short remark in brackets and the name before it.
_TITLED = re.compile(f"{_COUNTED.pattern}|[\u4e00-\u9fff]{{2,10}}(?=（)|（[\u4e00-\u9fff]{{1,6}}）")

#: A target that is no wider than so many Chinese letters stays on one line in a form.
_SHORT = 8
_HEADING = re.compile("\n(#+ )(.*)")

#: An address, and what may follow it: the choices of a filter, and a place on the page.
SAFE_ADDRESS = re.compile(
    r"(?P<page>[A-Za-z0-9@._/-]*)(?P<within>(?:\?[A-Za-z0-9=&_-]+)?(?:#[A-Za-z0-9_=-]+)?)"
)

#: The page that is being laid out. The macros that make links ask for its address, and for the
#: sizes of files; handed to them with the page, they would have to be loaded again for every page.
_PAGE: ContextVar[MarkdownFile] = ContextVar("page")


class MarkdownFile(Struct, frozen=True, dict=True):  # keeps the text of some pages
    """A page as Markdown, made when it is asked for and kept until it is forgotten.

    Attributes:
        view: What stands on it.
        sizes: Of the files that it offers, in bytes by their addresses, as far as they are made.
        named: Those of them that it names, None what is not known; empty before it is laid out.
    """

    view: View
    sizes: Mapping[str, int] = field(default_factory=dict)
    named: dict[str, int | None] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where it is below the folder of the pages."""
        return page_path(self.view.address)

    @cached_property
    def body(self) -> str:
        """What stands on it, kept until `take`: it is needed for the page and as a file."""
        template = ENVIRONMENT.get_template(f"{self.view.kind}.md.j2")
        _PAGE.set(self)
        return cards.labelled(_layout(template.render(page=self.view)))

    @property
    def matter(self) -> dict[str, object]:
        """What the theme prints as it is, without escaping: so it is escaped here already."""
        view = self.view
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
        if view.feeds:
            matter["feeds"] = [
                {"text": str(escape(feed.text)), "address": feed.address} for feed in view.feeds
            ]
        matter["markdown"] = "index.md"
        if view.structured:
            matter["structured"] = view.structured
        if view.facets:
            matter["search"] = {key: value for key, value in asdict(view.facets).items() if value}
        return matter

    @property
    def text(self) -> str:
        """Front matter and body."""
        written = yaml.dump(
            self.matter, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=10_000
        )
        return f"---\n{written}---\n{self.body}"

    def take(self) -> tuple[str, bytes]:
        """Its path and what it holds as a file; released: thousands would fill the memory."""
        content = self.text.encode()
        self.__dict__.pop("body", None)
        return self.path, content


def page_path(address: str) -> str:
    """Where the Markdown of the page at `address` is, so that MkDocs serves it there."""
    return f"{address}index.md"


@lru_cache(maxsize=1024)  # a page leads to some others many times
def relative(here: str, there: str) -> Markup:
    """The address `there` as seen from the page at `here`; both count from the site's root."""
    found = SAFE_ADDRESS.fullmatch(there)
    if not found:
        raise ValueError(f"not an address of this site: {there!r}")
    page, within = found["page"], found["within"].replace("&", "&amp;")
    path = posixpath.relpath("/" + page, "/" + here)
    slash = "/" if page.endswith("/") or not page else ""
    return Markup(path + slash + within)  # noqa: S704 - checked


ENVIRONMENT = Environment(
    loader=jinja2.PackageLoader("disclosure.pages"),
    autoescape=True,
    finalize=escaped,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # or every use of a macro would ask the disk whether its file has changed
)


def _to(there: str) -> Markup:
    """An address as seen from the page that is being laid out."""
    return relative(_PAGE.get().view.address, there)


def _size(there: str) -> str:
    """How large a file is that is offered; "" where that is not known."""
    page = _PAGE.get()
    found = page.named[there] = page.sizes.get(there)
    return "" if found is None else size(found)


@lru_cache(maxsize=8192)  # the cells of one form are alike on all pages
def _opening(scope: str, rows: int, columns: int, look: str, label: str) -> str:
    """How a cell of a form begins, with those attributes that say something; without its end."""
    attributes = (
        ("scope", scope),
        ("rowspan", str(rows) if rows > 1 else ""),
        ("colspan", str(columns) if columns > 1 else ""),
        ("class", look),
        ("data-label", label),
    )
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes if value)
    return f"<{'th' if scope else 'td'}{written}"


def _form_rows(rows: Iterable[TableRow], within: str) -> Markup:
    """The rows of a form; a site has millions of their cells, and templates are slower."""
    made = []
    for row in rows:
        made.append(f'<tr class="{row.look}">')
        made += [_form_cell(cell, within) for cell in row.cells]
        made.append("</tr>")
    return Markup("\n".join(made))  # noqa: S704 - every text in it was escaped


def _ems(text: str) -> float:
    """About how many Chinese letters a text is wide; Latin ones and digits are narrower."""
    return len(text) - 0.4 * len(text.encode("ascii", "ignore"))


def _form_cell(cell: TableCell, within: str) -> str:
    """A cell of a form on a line of its own; `within` keeps several forms of a page apart."""
    text = escaped(cell.text)
    if cell.term:
        text = f'<a class="term" href="{_to("glossary/")}#{escaped(cell.term)}">{text}</a>'
    for number in cell.notes:
        link = f'<a href="#{within}note-{number}" aria-label="注释{number}">注{number}</a>'
        text += f'<sup class="note-ref">{link}</sup>'
    is_short = cell.look == "target" and _ems(cell.text) <= _SHORT
    look = f"{cell.look} short" if is_short else cell.look
    begun = _opening(cell.scope, cell.rows, cell.columns, look, cell.label)
    if cell.id:
        begun += f' id="{within}{cell.id}"'
    if cell.heads:
        begun += f' headers="{" ".join([within + head for head in cell.heads])}"'
    return f"{begun}>{text}</{'th' if cell.scope else 'td'}>"


def _whole(text: str, pattern: re.Pattern[str] = _COUNTED) -> Markup:
    """A text in which no line ends between a number and what it counts."""
    return Markup(pattern.sub(r'<span class="whole">\g<0></span>', escaped(text)))  # noqa: S704 - escaped


def _clauses(text: str) -> Markup:
    """A text whose lines end between its clauses, where there is room for one of them."""
    clauses = re.split("(?<=；)(?=.)", text)
    if len(clauses) < 2:
        return _whole(text, _BEGUN)
    look = Markup('<span class="one">{}</span>')
    return Markup().join(look.format(_whole(one, _BEGUN)) for one in clauses)


ENVIRONMENT.filters |= {
    "clauses": _clauses,
    "titled": partial(_whole, pattern=_TITLED),
    "whole": _whole,
}
ENVIRONMENT.globals |= {
    "anchors": ANCHORS,
    "form_rows": _form_rows,
    "size": _size,
    "states": {**STATES, DISPUTED: NOT_A_LOWERING},
    "to": _to,
}


def load_templates() -> None:
    """Compile all templates, once before processes that render are forked."""
    for name in ENVIRONMENT.list_templates():
        ENVIRONMENT.get_template(name)


def _layout(body: str) -> str:
    """Blank lines around headings and nowhere else, because one would end an HTML block.

    Headings that data makes alike are numbered, so that each is the only one of its name.
    """
    lines = "\n".join(filter(None, map(str.strip, body.splitlines())))
    seen: Counter[str] = Counter()

    def heading(found: re.Match[str]) -> str:
        marks, text = found.groups()
        seen[text] += 1
        return f"\n\n{marks}{text}{f'（{seen[text]}）' if seen[text] > 1 else ''}\n"

    return _HEADING.sub(heading, f"\n{lines}\n").removeprefix("\n")
