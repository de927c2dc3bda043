"""Two years compared, for the terminal, for programs and for spreadsheets.

The same comparison and the same words as on the pages; here they are only laid out.

- common: how projects are named
- text, as_json, as_csv: one renderer for each format
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from disclosure.reports.comparison_report.as_csv import render_csv
from disclosure.reports.comparison_report.as_json import render_json
from disclosure.reports.comparison_report.common import FullComparison, not_comparable
from disclosure.reports.comparison_report.text import render_text

__all__ = ["RENDERERS", "not_comparable"]

RENDERERS: Mapping[str, Callable[[FullComparison], str]] = {
    "text": render_text,
    "json": render_json,
    "csv": render_csv,
}
