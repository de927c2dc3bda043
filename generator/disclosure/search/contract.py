"""What the browser must know to read the index: the constants by which it was written.

They stand here in Python only and travel in `search/index.json`, so that the browser's half cannot
disagree with the files that it reads.
"""

from __future__ import annotations

from typing import Any

from disclosure.search import grams, pages, part


def contract() -> dict[str, Any]:
    """The constants by their meaning; `Contract` in `theme/assets/search-text.js` names the same.

    `block` is how many pages stand in one file of addresses. `guide` is the kind of page that is
    not about money: who finds no other has found nothing. `grams` is how many letters a gram has at
    most, without and with a digit, how many a run that is looked up as a whole, and what counts
    as a digit. `marks` stand before the grams of names, codes, departments, whole runs and numbers.
    """
    return {
        "block": part.BLOCK,
        "guide": pages.GUIDE,
        "grams": {
            "length": grams.MAX_GRAM,
            "with_digit": grams.MAX_GRAM_WITH_DIGIT,
            "whole": grams.MAX_WHOLE,
            "digit": grams.DIGIT,
        },
        "marks": {
            "inside": grams.INSIDE,
            "name_start": grams.NAME_START,
            "name_end": grams.NAME_END,
            "code_start": grams.CODE_START,
            "code_end": grams.CODE_END,
            "department": grams.DEPARTMENT,
            "whole": grams.WHOLE,
            "number": grams.NUMBER,
            "name_number": grams.NAME_NUMBER,
        },
    }
