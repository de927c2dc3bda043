"""The characters of a PDF's page put together: to lines, to words with their gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from disclosure.model.whitespace import squeezed

_MARK = re.compile(r"注[0-9]+")
SMALL = 0.9  # of the cell's text: what is smaller may be a mark
_GAP = 0.25  # of a character's size: a wider gap is a space

#: A character as pdfplumber gives it.
Char = dict[str, Any]


def lines(chars: Sequence[Char]) -> list[list[Char]]:
    """The characters line by line, from left to right.

    What is raised or lowered beside larger characters, such as the 2 of m², is on their line.
    """
    largest = max((char["size"] for char in chars), default=0)
    found = _same_size([char for char in chars if char["size"] >= largest * SMALL])
    apart: list[Char] = []
    for char in chars:
        if char["size"] < largest * SMALL:
            middle = (char["top"] + char["bottom"]) / 2
            within = (line for line in found if line[0]["top"] <= middle <= line[0]["bottom"])
            next(within, apart).append(char)
    found += lines(apart) if apart else []
    found = [sorted(line, key=lambda char: char["x0"]) for line in found]
    return sorted(found, key=lambda line: max(char["bottom"] for char in line))


def _same_size(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters of about one size, line by line."""
    found: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char["bottom"] + char["top"]):
        middle = (char["top"] + char["bottom"]) / 2
        if found and middle < found[-1][0]["bottom"] - char["size"] * 0.2:
            found[-1].append(char)
        else:
            found.append([char])
    return found


def text_of(line: Sequence[Char]) -> str:
    """The words of a line, with a space where there is a gap."""
    parts = [line[0]["text"]] if line else []
    for left, right in pairwise(line):
        wide = right["x0"] - left["x1"] > max(left["size"], right["size"]) * _GAP
        parts.append(f" {right['text']}" if wide else right["text"])
    return "".join(parts)


def without_marks(chars: Sequence[Char]) -> tuple[list[Char], list[str]]:
    """The text of a cell, and the small raised marks in it that refer to notes."""
    largest = max((char["size"] for char in chars), default=0)
    small = [char for char in chars if char["size"] < largest * SMALL]
    if not small:
        return list(chars), []
    small_text = squeezed("".join(text_of(line) for line in lines(small)))
    marks = _MARK.findall(small_text)
    if "".join(marks) != small_text:
        return list(chars), []
    return [char for char in chars if char not in small], marks
