"""Budget books at random: chapters, tables of income and spending, and tables of targets.

The tables of targets have the forms that ship, with invented content: names, sentences, figures
and how many rows there are come from a seed, so that each seed gives the same book.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from disclosure.forms.filling import IS_SUM, fill, fill_lines
from disclosure.forms.form import Form, FormBlock
from disclosure.forms.grid import Grid
from disclosure.forms.library import known, shipped
from disclosure.forms.values import Values
from tests.support.formcases import tables

YEAR = 2026
_WORDS = (
    "设施养护", "档案整理", "业务培训", "系统运行", "政策宣讲", "样品检测", "专家评审", "巡查排查",
    "标识更换", "台账建立", "资料印制", "安全保障", "信息采集", "场地租用", "设备购置", "基层站所",
    "群众服务", "数据更新", "应急演练", "质量抽检", "绿化管护", "窗口受理", "远程值守", "分类处置",
)  # fmt: skip
_QUALITIES = ("数量", "完成比例", "合格率", "及时率", "平均用时", "覆盖面", "支出控制", "处数")
_VERBS = ("完成", "开展", "推进", "落实", "组织", "加强", "规范", "保障")
_NUMBER = re.compile(r"[-+0-9.,%％/]+")
#: What stands at the same words in every table of the year, or decides what a table is.
_KEPT = frozenset((
    "year", "department", "money", "unit", "unit_name", "number", "plan_heading", "period",
    "level1", "level2", IS_SUM,
))  # fmt: skip
_LONG = frozenset(("goals", "goals_actual", "term_goals", "purpose", "content", "goal"))
_IN_FIGURES = frozenset(("target", "sign", "value", "unit", "actual", "code"))
_ROWS = {"indicators", "projects"}
_MAX_FACT = 12


class PrintedForm(Struct, frozen=True):
    """A table of targets in a book.

    Attributes:
        form: Its form.
        values: What stands in the form's fields.
        grid: The table.
        lines: The paragraphs above it, its title first or last as the book prints it.
        below: The paragraphs below it.
        heads: How many rows each page may print once more.
    """

    form: Form
    values: Values
    grid: Grid
    lines: tuple[str, ...]
    below: tuple[str, ...]
    heads: int


class OtherTable(Struct, frozen=True):
    """A table that is not about targets, its first row the heads."""

    rows: tuple[tuple[str, ...], ...]


class PageBreak(Struct, frozen=True):
    """The next piece begins on another page."""


class Book(Struct, frozen=True):
    """A book.

    Attributes:
        pieces: What it prints, in order.
        size: The size of its letters in points.
        rows_break: Whether a page may cut a row.
    """

    pieces: tuple[str | OtherTable | PageBreak | PrintedForm, ...]
    size: float
    rows_break: bool

    @property
    def targets(self) -> list[PrintedForm]:
        """Its tables of targets."""
        return [piece for piece in self.pieces if isinstance(piece, PrintedForm)]


def book(seed: int, form_ids: Sequence[str] = ()) -> Book:
    """A book; of these forms, or of forms chosen at random that one department may publish."""
    return _Writer(random.Random(seed)).book(form_ids)  # noqa: S311 - a test, not a secret


class _Writer:
    """Writes one book."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names = 0

    def book(self, form_ids: Sequence[str]) -> Book:
        targets = [self.target(form_id) for form_id in form_ids or self.forms()]
        pieces: list[str | OtherTable | PageBreak | PrintedForm] = [
            f"{YEAR}年示例市示例局部门预算", "第一部分部门概况", *self.chapter(),
            "第二部分部门预算表", *self.others(), "第三部分部门预算情况说明", *self.chapter(),
            "第四部分绩效目标",
        ]  # fmt: skip
        for target in targets:
            if self.chance.random() < 0.6:
                pieces.append(PageBreak())
            pieces += [*target.lines, target, *target.below]
        pieces += [PageBreak(), "第五部分名词解释", *self.chapter()]
        size = self.chance.choice((9.0, 10.5, 12.0))
        return Book(tuple(pieces), size, self.chance.random() < 0.5)

    def forms(self) -> list[str]:
        """Forms that stand in one book: of projects, a list or evaluations, and of the whole."""
        by_kind = {kind: [*ids] for kind, ids in
                   groupby(sorted(known(), key=_kind), key=_kind)}  # fmt: skip
        kind = self.chance.choice(("project", "project", "projects", "evaluation"))
        number = 1 if kind == "projects" else self.chance.randint(1, 4)
        chosen = [self.chance.choice(by_kind[kind])] * number
        if kind != "evaluation" and self.chance.random() < 0.4:
            whole = self.chance.choice(by_kind["department"])
            chosen.insert(self.chance.choice((0, number)), whole)
        return chosen

    def target(self, form_id: str) -> PrintedForm:
        form = shipped(form_id)
        every = [values for values, _ in tables(form_id) if values.lists.keys() & _ROWS]
        base = self.chance.choice(every)
        values = self.values(base, form_id)
        around = fill_lines(form, values)
        titled = (around.title, *around.above) if around.title else around.above
        heads = _heads(form) if form.kind == "projects" and self.chance.random() < 0.6 else 0
        return PrintedForm(form, values, fill(form, values), titled, around.below, heads)

    # ── what stands in the fields ──

    def values(self, base: Values, form_id: str) -> Values:
        """The same fields with other content, and lists of another length."""
        lists = {name: self.items(name, items, form_id) for name, items in base.lists.items()}
        return replace(base, texts=self.texts(base.texts), lists=lists)

    def items(self, name: str, items: Sequence[Values], form_id: str) -> tuple[Values, ...]:
        if name in {"plan", "funds", "parts", "facts"}:
            return tuple(self.values(item, form_id) for item in items)
        if name == "indicators":
            return tuple(self.indicators(items))
        times = [1 if IS_SUM in item.texts else self.chance.randint(1, 2) for item in items]
        return tuple(self.values(item, form_id) for item, number in zip(items, times, strict=True)
                     for _ in range(number))  # fmt: skip

    def indicators(self, items: Sequence[Values]) -> Iterator[Values]:
        """Some rows of each category of the table, in its order; at least one in all."""
        groups = [[*group] for _, group in groupby(items, key=_category)]
        counts = [self.chance.choice((0, 1, 1, 2, 3, 5)) for _ in groups]
        if len(groups) == 1 or (groups and not any(counts)):
            counts = [self.chance.randint(1, 18), *counts[1:]]
        for group, count in zip(groups, counts, strict=True):
            for number in range(count):
                item = self.chance.choice(group)
                if number and "level3" in item.texts and not item.texts["level3"]:
                    continue  # an empty category is printed once
                yield replace(item, texts=self.texts(item.texts))

    def texts(self, texts: Mapping[str, str]) -> dict[str, str]:
        digits = self.digits()
        return {path: self.text(path, text, digits, texts) for path, text in texts.items()}

    def text(
        self, path: str, text: str, digits: Mapping[int, int], around: Mapping[str, str]
    ) -> str:
        if not text or path in _KEPT or (path == "name" and IS_SUM in around):
            return text
        made = {"name": self.name, "goals.numbered": self.numbered, "level3": self.indicator}
        if path in made or path in _LONG:
            same = path == "name" and text == around.get("department")
            return text if same else made.get(path, self.sentences)()
        if _NUMBER.fullmatch(text) or path in _IN_FIGURES:
            return text.translate(digits)
        short = len(text) <= _MAX_FACT or any(sign in text for sign in ("示例", " ", "\n"))
        return text if short else self.sentence()

    def numbered(self) -> str:
        goals = [self.sentence() for _ in range(self.chance.randint(1, 4))]
        return "\n".join(f"{at}.{goal}" for at, goal in enumerate(goals, 1))

    def digits(self) -> dict[int, int]:
        """Other digits for those of a text; a nought stays."""
        mixed = self.chance.sample("123456789", 9)
        return str.maketrans("123456789", "".join(mixed))

    def name(self) -> str:
        self.names += 1
        kinds = self.chance.sample(_WORDS, self.chance.choice((1, 1, 2, 3)))
        return f"{'与'.join(kinds)}{self.chance.choice('甲乙丙丁戊己')}类{self.names}经费"

    def indicator(self) -> str:
        kinds = self.chance.sample(_WORDS, self.chance.choice((1, 1, 1, 2, 4)))
        return "和".join(kinds) + self.chance.choice(_QUALITIES)

    def sentence(self) -> str:
        parts = [f"{self.chance.choice(_VERBS)}{self.chance.choice(_WORDS)}"
                 f"{self.chance.choice(('', f'{self.chance.randint(2, 90)}次'))}"
                 for _ in range(self.chance.choice((1, 2, 3, 6)))]  # fmt: skip
        return "，".join(parts) + "。"

    def sentences(self) -> str:
        return "".join(self.sentence() for _ in range(self.chance.choice((1, 2, 4, 9))))

    # ── what else a book has ──

    def chapter(self) -> Iterator[str]:
        for numeral in "一二三四"[: self.chance.randint(1, 4)]:
            yield f"{numeral}、{self.chance.choice(_WORDS)}情况"
            for _ in range(self.chance.randint(1, 3)):
                yield f"本部门{self.sentences()}"

    def others(self) -> Iterator[str | OtherTable]:
        for at, maker in enumerate(self.chance.sample(_OTHERS, self.chance.randint(2, 4)), 1):
            title, heads = maker
            yield f"表{at} {title}"
            yield "单位：万元"
            rows = [
                (self.chance.choice(_WORDS), *(self.amount() for _ in heads[1:]))
                for _ in range(self.chance.randint(3, 14))
            ]
            yield OtherTable((heads, *rows, ("合计", *(self.amount() for _ in heads[1:]))))

    def amount(self) -> str:
        return self.chance.choice(("", "0.00", f"{self.chance.randint(1, 99999) / 100:.2f}"))


#: Tables of a book that are not about targets: the title and the heads of the columns.
_OTHERS = (
    ("收支总表", ("收入项目", "预算数", "支出项目", "预算数")),
    ("部门收入总表", ("科目名称", "合计", "一般公共预算拨款", "政府性基金预算拨款", "其他收入")),
    ("部门支出总表", ("功能分类科目", "合计", "基本支出", "项目支出")),
    ("一般公共预算“三公”经费支出表", ("项目", "上年预算数", "本年预算数", "增减")),
    ("政府采购预算表", ("采购项目", "采购数量", "财政拨款", "其他资金")),
    ("项目支出表", ("项目名称", "项目类别", "总计", "财政拨款")),
)


def _kind(form_id: str) -> str:
    return shipped(form_id).kind


def _category(item: Values) -> tuple[str, str]:
    return item.texts.get("level1", ""), item.texts.get("level2", "")


def _heads(form: Form) -> int:
    """How many rows stand above those that repeat."""
    return next(at for at, row in enumerate(form.rows) if isinstance(row, FormBlock) and row.each)
