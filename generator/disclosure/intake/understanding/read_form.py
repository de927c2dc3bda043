"""What a form says, while it is being read: a project's table or a self-evaluation.

Values are kept as the text that will stand in the draft; the ledger knows where each came from.
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct, field

from disclosure.intake.formats.joining import rejoined
from disclosure.intake.formats.labels import MONEY, Role
from disclosure.intake.formats.pieces import TextPiece
from disclosure.intake.understanding.ledger import Ledger, Where
from disclosure.model.records import Project
from disclosure.model.whitespace import squeezed

#: What is written into a cell to say that there is nothing.
NOTHING = frozenset("-—–－/／¥￥")
_POINTS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_YUAN_IN_WANYUAN = Decimal(10_000)


class IndicatorEntry(Struct):
    """One row of the indicator table.

    Attributes:
        cells: What stands in the columns of each role.
        heads: The printed head of the column of each cell.
    """

    cells: dict[Role, list[TextPiece]] = field(default_factory=dict)
    heads: dict[TextPiece, str] = field(default_factory=dict)

    def say(self, role: Role) -> str:
        """The text of a role's cells, one after the other; "" when there is none."""
        texts = (text.text.split("\n") for text in self.cells.get(role, ()))
        return rejoined(part.strip() for parts in texts for part in parts if part.strip())

    def says_only(self, *roles: Role) -> bool:
        """Whether no cell but those of these roles says something."""
        return all(not text.bare for role, texts in self.cells.items() if role not in roles
                   for text in texts)  # fmt: skip


class ReadForm(Struct):
    """A form of a document, while it is being read.

    Attributes:
        number: Which form of the document it is, from 0; its values are placed under it.
        evaluation: Whether it is a self-evaluation.
        money: The unit of its money, 万元 or 元.
        fields: Single values by their key.
        plan: Amounts by period, in the order of the form.
        goals: One text each.
        rows: The rows of the indicator table.
        extras: What has no field of its own: what it is, the row's indicator, its text.
        yuan: What was printed in 元: the key or period, and the printed text.
        notes: Public notes that are printed below it: the place they speak of, and their words.
        title: Its title as printed; "" where it has none.
        titles: The names in its title, to be compared with its name.
        periods: The periods of its spending plan as printed, also those without an amount.
        adjustment: What makes it a later version of a table, by the fields of the data.
    """

    number: int
    evaluation: bool = False
    money: str = "万元"
    fields: dict[str, str] = field(default_factory=dict)
    plan: dict[str, str] = field(default_factory=dict)
    goals: list[str] = field(default_factory=list)
    rows: list[IndicatorEntry] = field(default_factory=list)
    extras: list[tuple[str, str, str]] = field(default_factory=list)
    yuan: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str | None, str]] = field(default_factory=list)
    title: str = ""
    titles: list[tuple[TextPiece, str]] = field(default_factory=list)
    periods: list[TextPiece] = field(default_factory=list)
    adjustment: dict[str, str] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        """Whether more than a heading was read."""
        fields = self.fields.keys() - {"number", "unit"}
        return bool(fields or self.rows or self.goals or self.plan or self.extras)

    def is_of(self, project: Project) -> bool:
        """Whether this is a form of that project: the code decides, or else the name."""
        code = self.fields.get("code")
        if code is not None:
            return code == project.code
        return squeezed(self.fields.get("name", "")) == squeezed(project.name)

    def at(self, *field_: str | int) -> Where:
        """The way to one of its values."""
        return ("form", self.number, *field_)

    def set(self, ledger: Ledger, key: str, text: TextPiece, part: str | None = None) -> None:
        """Put a text into a field; the same once more is boilerplate, another stays unplaced."""
        value = rejoined((text.text if part is None else part).strip().split("\n"))
        if not squeezed(value):
            return
        known = self.fields.get(key)
        if known is None:
            self.fields[key] = value
            ledger.place(text, value, self.at(key))
        elif squeezed(known) == squeezed(value):
            ledger.mark_boilerplate(text, value)

    def set_money(self, ledger: Ledger, key: str, text: TextPiece, unit: str | None = None) -> None:
        """Put an amount into a field, in 万元."""
        if not text.bare:
            return
        if set(text.bare) <= NOTHING:
            ledger.mark_boilerplate(text)
            return
        value, converted = amount(text.bare, unit or self.money)
        known = self.fields.get(key)
        if known is not None:
            if known == value:
                ledger.mark_boilerplate(text)
            return
        self.fields[key] = value
        ledger.place(text, text.text, self.at(key), converted=converted)
        if (MONEY.fullmatch(text.bare) or {}) and in_yuan(text.bare, unit or self.money):
            self.yuan.append((key, text.bare))

    def set_plan(self, ledger: Ledger, period: TextPiece, text: TextPiece) -> None:
        """Put what is to be spent by a period into the plan; an empty cell stays out of it."""
        name = squeezed(period.text)
        if not text.bare or set(text.bare) <= NOTHING:
            ledger.mark_boilerplate(period)
            ledger.mark_boilerplate(text)
            return
        if name in self.plan:
            return
        self.plan[name], converted = amount(text.bare, self.money)
        ledger.place(period, name, self.at("plan"))
        ledger.place(text, text.text, self.at("plan", name), converted=converted)
        if in_yuan(text.bare, self.money):
            self.yuan.append((name, text.bare))

    def keep(self, ledger: Ledger, what: str, who: str, text: TextPiece, part: str = "") -> None:
        """Keep what has no field of its own, under the head that it has."""
        value = (part or text.text).strip()
        if squeezed(value):
            self.extras.append((what, who, value))
            ledger.place(text, value, self.at("extras"))


def points(printed: str) -> str:
    """Points without their unit: 10分 is 10. What is no number stays as it is."""
    number = printed.removesuffix("分").strip()
    return number if _POINTS.fullmatch(number) else printed


def in_yuan(printed: str, unit: str) -> bool:
    """Whether an amount is in 元, by its own unit or else by the form's."""
    found = MONEY.fullmatch(printed)
    return bool(found) and ((found and found["unit"]) or unit) == "元"


def amount(printed: str, unit: str) -> tuple[str, bool]:
    """An amount in 万元 as the data writes it, and whether that differs from what was printed.

    What is no amount stays as it is; the check will name it. 元 are divided exactly.
    """
    found = MONEY.fullmatch(printed)
    if not found:
        return printed, False
    plain = found["amount"].replace(",", "").replace("，", "")
    if in_yuan(printed, unit):
        exact = Decimal(plain) / _YUAN_IN_WANYUAN
        return f"{exact:f}", True
    return plain, plain != printed
