"""The built pages are valid HTML, and no link in them is broken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.browser import served
from tests.support.page_faults import html_errors


def test_every_page_is_valid_html(built_site: Path, built_examples: Path) -> None:
    """The Nu HTML checker finds no error on any page of either site, for which Java starts once."""
    assert html_errors(built_site, built_examples) == []


def test_no_link_is_broken(built_site: Path, tmp_path: Path) -> None:
    """LinkChecker, a program of others, follows every link from the first page over HTTP.

    For each anchor it would parse the page again, two thirds of all its time. That each anchor is
    there, and each link of the larger site, is seen by `test_every_internal_link_leads_somewhere`,
    which reads each page once. A page with choices of a filter in its address is the same page.
    """
    settings = tmp_path / "linkcheckerrc"
    settings.write_text(
        "[checking]\nmaxrequestspersecond=10000\n[filtering]\nignore=\\?\n", "utf-8"
    )
    settings.chmod(0o644)
    with served(built_site) as address:
        finished = subprocess.run(
            # Its threads wait for each other: with ten it takes twice as long.
            [sys.executable, "-m", "linkcheck", "-f", settings, "-t", "1", "--no-status", address],
            capture_output=True,
            text=True,
            check=False,
        )
    assert "0 warnings found. 0 errors found." in finished.stdout, finished.stdout
    assert " 0 links in" not in finished.stdout
