"""Texts as long and as varied as those of real documents, for the invented district.

What was counted in real review sheets: a purpose has up to 500 characters, two of three
targets have no sign, a third have no number, and one of thirty is missed. The clauses are those of
this repository's own data and examples, recombined for each project.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from benchmarks.district import ROWS, SUBJECTS, WORKS, Kind, Row

_ROOT = Path(__file__).parent.parent
_FOLDERS = (_ROOT / "data", _ROOT / "examples" / "data")

#: Targets without a sign and with a number, and those without any.
_UNSIGNED = ("{n}{unit}", "{p}%", "{m}月底前完成", "{n}{unit}左右", "不超过{n}万元", "{p}%以上")
_WORDED = ("完成", "健全", "明显改善", "有效提升", "稳步提高", "长期保障", "符合规定标准")
_UNITS = ("人次", "家", "公里", "亩", "场次", "套", "平方米", "万元", "个", "批")

_MISSED = 1 / 30
#: How many projects a year the largest of real departments had.
_MAX_PROJECTS = 1_100


@cache
def _clauses() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The short and the long clauses without digits of all texts that are here."""
    found = {
        clause
        for folder in _FOLDERS
        for file in sorted(folder.rglob("*.yml"))
        for text in _texts(yaml.safe_load(file.read_text("utf-8")))
        for clause in re.findall(r"[\u4e00-\u9fff]{3,}", text)
    }
    assert found, "this repository has data"
    short = tuple(sorted(clause for clause in found if len(clause) < 8))
    return short, tuple(sorted(clause for clause in found if len(clause) >= 8))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _chance(*what: object) -> random.Random:
    """The same at every run for the same thing."""
    return random.Random(repr(what))  # noqa: S311 - nothing is secret here


def _sentences(chance: random.Random, least: int, most: int) -> str:
    """So many characters, about, with commas and full stops between clauses."""
    short, long = _clauses()
    wanted = chance.triangular(least, most, least + (most - least) / 4)
    parts: list[str] = []
    length = 0
    while length < wanted:
        clause = chance.choice(long) + chance.choice(("", chance.choice(short)))
        parts.append(clause + chance.choice("，，，；。"))
        length += len(parts[-1])
    return "".join(parts)[: most - 1].rstrip("，；。") + "。"


class RealTexts(Kind, frozen=True):
    """Long and varied texts; from one year to the next one target in four is another."""

    def name(self, index: int) -> str:
        """Two clauses and a number."""
        chance = _chance("name", index)
        short, long = _clauses()
        return f"{chance.choice(short)}{chance.choice(long)}项目{index}"

    def purpose(self, index: int, year: int) -> str:
        """Up to 500 characters."""
        chance = _chance("purpose", index)
        return f"用于{_sentences(chance, 20, 480)}保障{year}年任务完成"

    def goals(self, index: int, year: int) -> Sequence[str]:
        """One to four, of up to 150 characters."""
        chance = _chance("goals", index)
        return [
            f"{year}年{_sentences(chance, 15, 150)}" for _ in range(chance.choice((1, 2, 2, 3, 4)))
        ]

    def rows(self, index: int, year: int, later: bool, budget: int) -> Iterator[Row]:
        """Five to fourteen targets."""
        chance = _chance("rows", index)
        short, long = _clauses()
        for row in range(chance.randint(5, 14)):
            level1, level2 = ROWS[row % len(ROWS)][:2]
            name = f"{chance.choice(short)}{chance.choice(WORKS)}{row}类"
            description = f"{chance.choice(SUBJECTS)}{_sentences(chance, 6, 70)}"
            basis = chance.choice(long)
            seed = year if later and _chance("changed", index, row, year).random() < 1 / 4 else 0
            target = _target(_chance("target", index, row, seed), budget)
            missed = _chance("actual", index, row, year).random() < _MISSED
            actual = re.sub(r"\d+", _less, target) if missed else target
            yield Row(level1, level2, name, description, target, basis, actual.lstrip("≥≤"))


def kind(projects: int) -> Kind:
    """Such texts for so many projects a year, a quarter of them in one department, as in a city."""
    return RealTexts(largest=min(_MAX_PROJECTS, projects // 4))


def _target(chance: random.Random, budget: int) -> str:
    values = {
        "n": chance.randint(2, 4_000),
        "p": chance.randint(60, 99),
        "m": chance.randint(3, 12),
        "unit": chance.choice(_UNITS),
    }
    kind = chance.random()
    if kind < 1 / 3:
        return chance.choice(_WORDED)
    if kind < 0.64:
        return chance.choice(_UNSIGNED).format(**values)
    return chance.choice(("≥{n}{unit}", "≥{p}%", "≥{p}%", f"≤{budget}万元")).format(**values)


def _less(number: re.Match[str]) -> str:
    return str(int(number[0]) * 4 // 5)
