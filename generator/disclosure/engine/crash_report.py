"""The message about a bug of this program: never a traceback, but the file that holds it."""

from __future__ import annotations

import tempfile


def apology(details: str) -> str:
    """What to say of a bug; its details go to a file that can be sent to a maintainer."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="disclosure-", suffix=".log", encoding="utf-8", delete=False
    ) as log:
        log.write(details)
    return f"程序出错了，这不是您的操作或数据的问题。\n请把这个文件发给维护本程序的人：{log.name}"
