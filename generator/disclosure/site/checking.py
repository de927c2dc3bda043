"""All findings of a project, for the commands that need no page.

Apart from `pipeline`, because a check would wait for everything that makes pages to be loaded.
"""

from __future__ import annotations

from pathlib import Path

from disclosure.engine import local_workers
from disclosure.model.diagnostics import Diagnostic, in_reading_order
from disclosure.site import handwritten
from disclosure.site.department_analysis import Analysis, analysed


def check(data: Path, pages: Path | None = None) -> tuple[Diagnostic, ...]:
    """All findings in a data folder that no note in it accepts, and in the hand-written pages."""
    return with_pages(analysed(data, local_workers.processors()), pages)


def with_pages(found: Analysis, pages: Path | None) -> tuple[Diagnostic, ...]:
    """What was found in the data, and what is found in the folder of the hand-written pages."""
    handmade = handwritten.examine(pages) if pages else ()
    return in_reading_order([*found.diagnostics, *handmade])
