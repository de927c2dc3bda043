"""Guesses which rule was meant by a code or name that is none."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Mapping

#: Rules that are there, but neither to be accepted nor switched off, by how their codes begin.
_OTHERS = {
    "R": "R 开头的是文件写法上的问题，只能改正。",
    "L": "L 开头的是承接关系的问题，不能停用，只能改正或逐处说明。",
    "C9": "C9 开头的是注释和设置本身的问题，只能改正。",
}


def suggestion(code: str, known: Mapping[str, str]) -> str:
    """Which of the `known` codes was meant by `code`, as a sentence with the rule's title."""
    for start, sentence in _OTHERS.items():
        if code.startswith(start) and not any(one.startswith(start) for one in known):
            return sentence
    # Codes differ in one digit: a guess among several would be wrong more often than not.
    close = difflib.get_close_matches(_tidied(code), known, n=2, cutoff=0.85)
    if _tidied(code) in known:
        close = [_tidied(code)]
    if len(close) == 1:
        return f"是不是想写 {close[0]}（{known[close[0]]}）？"
    return "请照检查报告填写编号，如 C101。"


def _tidied(code: str) -> str:
    """The code in half width and capitals, with digits for the letters that look like them."""
    plain = unicodedata.normalize("NFKC", code).upper().replace(" ", "")
    return plain[:1] + plain[1:].replace("O", "0").replace("I", "1")
