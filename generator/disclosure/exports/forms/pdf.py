"""The official forms as PDF, set by Typst: no browser, and the same bytes every time.

The views of the pages are set; their text reaches the template as JSON, so that whatever is
written in it is text and never markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from disclosure.pages.addresses import pdf_address
from disclosure.pages.disclosure import ProjectLine
from disclosure.pages.printing import PrintView
from disclosure.pages.project import ProjectView
from disclosure.pages.view import View

#: What can be filed: one project's form, or a department's whole year.
Filed = ProjectView | PrintView

#: The families that hold simplified Chinese, the ones that suit an official form first.
FAMILIES = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Songti SC",
    "STSong",
    "SimSun",
    "FangSong",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)

NO_FONT = (
    "本机没有中文字体，不能生成 PDF。\n"
    "请安装一种中文字体：Debian、Ubuntu 用 apt install fonts-noto-cjk；"
    "其他系统可用思源宋体、思源黑体、宋体、微软雅黑或苹方。"
)

TEMPLATE = Path(__file__).with_name("official.typ")


class NoFontError(Exception):
    """No font on this machine holds Chinese; `str()` says what to install."""

    def __init__(self) -> None:
        super().__init__(NO_FONT)


class Typesetter:
    """Sets views as PDF; it loads the fonts once, which takes longer than a form.

    Attributes:
        font: The family that it sets them in.

    Raises:
        NoFontError: There is no Chinese font.
    """

    def __init__(self) -> None:
        import typst  # noqa: PLC0415 - only who sets a PDF waits

        fonts = typst.Fonts()
        there = frozenset(fonts.families())
        found = next((name for name in FAMILIES if name in there), None)
        if found is None:
            raise NoFontError
        self._compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts)
        self.font = found
        self._trouble = typst.TypstError

    def pdf(self, view: Filed) -> bytes:
        """The view as an accessible PDF (PDF/UA-1).

        A character that no font of this machine has is shown as a box, and such a file cannot
        claim to be accessible; it is made all the same.
        """
        inputs = {"font": self.font, "document": json.dumps(_document(view), ensure_ascii=False)}
        try:
            return self._compile(inputs, ["ua-1"])
        except self._trouble as error:
            if "could not be displayed with font" not in str(error):
                raise
            return self._compile(inputs, [])

    def _compile(self, inputs: dict[str, str], standards: list[Any]) -> bytes:
        made = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=standards)
        assert isinstance(made, bytes)  # a list of pages is for pictures only
        return made


def filed(views: Iterable[View]) -> tuple[Filed, ...]:
    """Those of the views that have a PDF."""
    return tuple(view for view in views if isinstance(view, Filed))


def address(view: Filed) -> str:
    """Where the view's PDF stands: beside the page of the project or of the year."""
    page = view.disclosure if isinstance(view, PrintView) else view
    return pdf_address(page.address)


def _document(view: Filed) -> dict[str, object]:
    """What the template prints; it decides nothing but the layout."""
    if isinstance(view, ProjectView):
        return {"form": _form(view)}
    year = view.disclosure
    return {
        "title": year.title,
        "department": year.department.text,
        "year": year.year,
        "address": view.source_address,
        "publication": asdict(year.publication),
        "goal": year.overall_goal,
        "objectives": [asdict(objective) for objective in year.objectives],
        "safeguards": year.safeguards,
        "notes": [asdict(note) for note in year.notes],
        "count": year.count,
        "projects": [_line(project) for project in year.projects],
        "total": year.total,
        "total_note": _first(year.first_count, year.first),
        "forms": [_form(project) for project in view.projects],
    }


def _line(line: ProjectLine) -> dict[str, object]:
    """A line of the list of projects; its budget with what was done to it since."""
    cell = line.budget
    first = f"，首次公开{cell.first}" if cell.first else ""
    mark = f"（{cell.mark}{first}）" if cell.mark else ""
    return {**asdict(line), "budget": cell.text + mark}


def _first(count: str, first: str) -> str:
    """What is said beside a sum that is not the one first published."""
    return f"（现行版本；首次公开{count}，{first}万元）" if first else ""


def _form(view: ProjectView) -> dict[str, object]:
    return {
        "department": view.department.text,
        "year": view.year,
        "table": asdict(view.table),
        "notes": [asdict(note) for note in view.notes],
        "document": view.provenance.document,
        "version": view.version,
        "address": view.provenance.address,
    }
