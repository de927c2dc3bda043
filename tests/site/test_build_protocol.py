"""What the command and the MkDocs process tell each other arrives as it was sent."""

from __future__ import annotations

from pathlib import Path

from disclosure.model.diagnostics import Severity, Span
from disclosure.reading.rules import SYMLINK
from disclosure.site.build_protocol import DEFAULT_ORDER, BuildOrder, BuildReport


def test_an_order_arrives(tmp_path: Path) -> None:
    """Every field comes out of the environment variable as it was put in; paths are paths."""
    order = BuildOrder(
        jobs=3,
        scheduler="tcp://127.0.0.1:8786",
        cache_folder=tmp_path / "缓存",
        previous_site=tmp_path / "a b",
        copy_suffix=".gz",
        retired_site=tmp_path / "old",
        seconds=1.5,
        site_folder=tmp_path / "site",
        report_file=tmp_path / "report",
        progress_file=tmp_path / "progress",
    )
    assert BuildOrder.received(order.variables()) == order
    assert BuildOrder.received(DEFAULT_ORDER.variables()) == DEFAULT_ORDER


def test_a_plain_build_has_no_order() -> None:
    """Without the variable everything has its default, and a report goes nowhere."""
    order = BuildOrder.received({})
    assert order == DEFAULT_ORDER
    order.report(BuildReport())
    order.report_progress(1, 2)


def test_a_report_arrives(tmp_path: Path) -> None:
    """The last report is the one that is read; where there is none it is empty."""
    order = BuildOrder(report_file=tmp_path / "report")
    assert BuildReport.read(tmp_path / "report") == BuildReport()
    finding = SYMLINK.at(Span("a.md"), "这是链接。", "请删除。")
    assert finding.severity is Severity.ERROR
    for pages in (0, 7):
        order.report(BuildReport((finding,), pages))
    assert BuildReport.read(tmp_path / "report") == BuildReport((finding,), 7)
