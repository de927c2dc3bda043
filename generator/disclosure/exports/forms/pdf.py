"""The official forms and the lives of projects as PDF, set by Typst: no browser, always the same.

The views of the pages are set; their text reaches the template as JSON, so that whatever is
written in it is text and never markup.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from disclosure.model.diagnostics import Diagnostic, Rule, Severity, Span
from disclosure.pages.addresses import pdf_address
from disclosure.pages.disclosure import ProjectLine
from disclosure.pages.history import HistoryView
from disclosure.pages.printing import PrintedForm, PrintView, printed_evaluation, printed_form
from disclosure.pages.project import ProjectView
from disclosure.pages.view import View

#: What shows a form as printed: one project's form, or a department's whole year.
FormView = ProjectView | PrintView

#: What has a PDF beside its page: also a project through the years.
PdfView = FormView | HistoryView

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

MISSING_GLYPH = Rule("E101", Severity.ERROR, "PDF 里有本机字体没有的字")

_UNSET = re.compile(r'the text `"(.*)"` could not be displayed with font', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")  # as Rust writes what no terminal shows
_STAND_IN = "□"
_MAX_MISSING = 100  # characters of one document; with more the cause is known

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
        self._missing: list[Diagnostic] = []

    def pdf(self, view: PdfView) -> bytes:
        """The view as an accessible PDF (PDF/UA-1).

        A character that no font of this machine has is shown as a box, and such a file cannot
        claim to be accessible; it is made all the same, and `take_missing` names the character.
        """
        document = json.dumps(_document(view), ensure_ascii=False, default=str)
        inputs = {"font": self.font, "document": document}
        missing: list[str] = []
        while len(missing) < _MAX_MISSING:
            try:
                made = self._compile({**inputs, "document": document}, ["ua-1"])
            except self._trouble as error:
                found = _unset(str(error))
                if found is None:
                    raise
                if found in missing or found == _STAND_IN:
                    break
                missing.append(found)
                document = _without(document, found)
            else:
                if not missing:
                    return made
                break
        self._missing.append(_without_glyphs(view, missing))
        return self._compile(inputs, [])

    def take_missing(self) -> tuple[Diagnostic, ...]:
        """What could not be set since this was asked last, a finding for each document."""
        missing, self._missing = tuple(self._missing), []
        return missing

    def _compile(self, inputs: dict[str, str], standards: list[Any]) -> bytes:
        made = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=standards)
        assert isinstance(made, bytes)  # a list of pages is for pictures only
        return made


def _unset(message: str) -> str | None:
    """The characters that Typst could not set, by what it says; None if that is not its trouble."""
    found = _UNSET.search(message)
    return found and _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1])


def _without(document: str, missing: str) -> str:
    """The text with a stand-in for what cannot be set, and without the marks that belong to it."""
    first, *others = document.split(missing)
    return _STAND_IN.join([first, *map(_without_marks, others)])


def _without_marks(text: str) -> str:
    own = takewhile(lambda char: unicodedata.category(char)[0] == "M", text)
    return text[len("".join(own)) :]


def _without_glyphs(view: PdfView, missing: Iterable[str]) -> Diagnostic:
    named = "、".join(f"“{text}”（{_codes(text)}）" for text in missing)
    private = any("\ue000" <= char <= "\uf8ff" for text in missing for char in text)
    hint = (
        "请安装有这些字的字体，如 Noto 全套（Debian、Ubuntu 用 apt install fonts-noto "
        "fonts-noto-cjk fonts-noto-cjk-extra fonts-noto-color-emoji）；字写错了的，请改正数据。"
    )
    if private:
        hint += "U+E000 至 U+F8FF 的字没有字体可装，请对照原件改成原来的字。"
    return MISSING_GLYPH.at(
        Span(_file(view)),
        f"{Path(address(view)).name} 里有本机字体没有的字，会印成方框：{named}。",
        hint,
    )


def _file(view: PdfView) -> str:
    """The data file behind a document, below the data folder."""
    if isinstance(view, HistoryView):
        return view.path
    page = view.disclosure if isinstance(view, PrintView) else view.provenance
    return page.source.text


def _codes(text: str) -> str:
    return " ".join(f"U+{ord(char):04X}" for char in text)


def with_pdf(views: Iterable[View]) -> tuple[PdfView, ...]:
    """Those of the views that have a PDF; a project of which there is little to tell has none."""
    return tuple(
        view
        for view in views
        if isinstance(view, FormView) or (isinstance(view, HistoryView) and view.pdf)
    )


def address(view: PdfView) -> str:
    """Where the view's PDF stands: beside the page of the project or of the year."""
    page = view.disclosure if isinstance(view, PrintView) else view
    return pdf_address(page.address)


def _document(view: PdfView) -> dict[str, object]:
    """What the template prints; it decides nothing but the layout."""
    if isinstance(view, ProjectView):
        evaluation = printed_evaluation(view)
        own = _form(evaluation) if evaluation else None
        return {"form": _form(printed_form(view)), "evaluation": own}
    if isinstance(view, HistoryView):
        return {"life": _life(view)}
    year = view.disclosure
    return {
        "title": year.title,
        "department": year.department.text,
        "year": year.year,
        "address": view.source_address,
        "publication": to_builtins(year.publication),
        "goal": year.overall_goal,
        "objectives": to_builtins(year.objectives),
        "safeguards": year.safeguards,
        "notes": [
            to_builtins(note) for note in year.notes if note not in year.tables.department_notes
        ],
        "count": year.count,
        "projects": [_line(project) for project in year.projects],
        "total": year.total,
        "total_note": _first(year.first_count, year.first),
        "whole": _form(view.whole) if view.whole else None,
        "forms": [_form(form) for form in view.forms],
        "evaluations": [_form(form) for form in view.evaluations],
    }


def _line(line: ProjectLine) -> dict[str, object]:
    """A line of the list of projects; its budget with what was done to it since."""
    cell = line.budget
    first = f"，首次公开{cell.first}" if cell.first else ""
    mark = f"（{cell.mark}{first}）" if cell.mark else ""
    return {**to_builtins(line), "budget": cell.text + mark}


def _first(count: str, first: str) -> str:
    """What is said beside a sum that is not the one first published."""
    return f"（现行版本；首次公开{count}，{first}万元）" if first else ""


def _life(view: HistoryView) -> dict[str, object]:
    return {
        "title": view.title,
        "department": view.department.text,
        "summary": view.summary,
        "address": view.full_address,
        "dated": view.dated,
        "events": to_builtins(view.events),
        "years": to_builtins(view.years[::-1]),
        "relatives": to_builtins(view.relatives),
        "indicators": to_builtins(view.indicators),
        "relatives_targets": to_builtins(view.relatives_targets),
    }


def _form(form: PrintedForm) -> dict[str, object]:
    printed: dict[str, object] = to_builtins(form)
    return printed
