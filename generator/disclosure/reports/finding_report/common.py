"""What the renderers share."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.model.diagnostics import Severity

NAMES: Mapping[Severity, str] = {
    Severity.ERROR: "错误",
    Severity.WARNING: "警告",
    Severity.HINT: "提示",
}
