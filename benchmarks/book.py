"""How long the import of a whole budget book takes, compared with pdfplumber finding its tables."""

from __future__ import annotations

from pathlib import Path

from benchmarks.harness import Benchmark
from benchmarks.importing import FORMS, department, filled, import_all, tables_of, typeset

#: Chapters without targets come first and last, as in the books of departments.
DUTIES, ACCOUNTS, FORM_PAGES, TERMS = 15, 20, 3, 12
PAGES = DUTIES + ACCOUNTS + FORM_PAGES + TERMS

_PROSE = """
#set page(paper: "a4", margin: 2cm, footer: context align(center, counter(page).display()))
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), lang: "zh", region: "cn", size: 10pt)
{title}

#for number in range(1, {pages} + 1) {{
  for line in range(1, 13) [
    （#line#[）]贯彻落实国家有关方针政策，承担本区相关工作的组织、协调和监督，#line#[完成
    交办的其他事项，并按规定公开。]#parbreak()
  ]
  pagebreak(weak: true)
}}
"""
_ACCOUNTS = """
#set text(size: 7pt)
#for number in range(1, {pages} + 1) {{
  align(center)[公开#number#[表]　收入决算表]
  table(
    columns: (1fr, 3fr, ..(1.2fr,) * 7),
    [科目编码], [科目名称], [本年收入合计], [财政拨款收入], [上级补助收入], [事业收入], [经营收入],
    [附属单位上缴收入], [其他收入],
    ..range(1, 31).map(row => (
      [20#row], [类款项名称#row], ..range(1, 8).map(column => [#(row * column * 12).50]),
    )).flatten()
  )
  pagebreak()
}}
"""


def book(scratch: Path) -> Benchmark:
    """A book with three target tables in it, against `extract_tables()` of each page."""
    source = (
        _PROSE.format(pages=DUTIES, title="第一部分　主要职责"),
        _ACCOUNTS.format(pages=ACCOUNTS),
        filled(FORMS, FORM_PAGES),
        "#pagebreak()",
        _PROSE.format(pages=TERMS, title="第四部分　名词解释"),
    )
    file = typeset(scratch, "\n".join(source))
    into = department(scratch)
    return Benchmark(
        name="book",
        subject_is=f"import of a budget book of {PAGES} pages, {FORM_PAGES} of them with a form",
        baseline_is="pdfplumber's extract_tables() of the same pages",
        subject=lambda: import_all(file, into, scratch / "2024", FORM_PAGES),
        baseline=lambda: tables_of(file),
        limit=0.4,
    )
