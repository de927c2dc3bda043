"""The department of a document: the names and codes that the document prints.

Nothing is derived from elsewhere: a code that is not printed stays unknown, and a name that is
printed differently on several places is taken as it stands most often.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from disclosure.intake.formats import labels
from disclosure.intake.formats.pieces import Document, TablePiece, TextPiece
from disclosure.model.dataset import DepartmentData
from disclosure.model.departments import Department, Region, Unit
from disclosure.model.whitespace import squeezed

_BRACKETS = str.maketrans("()[]［］【】〔〕", "（）（）（）（）（）")
_OF_DEPARTMENT = re.compile(
    r"(?:资金|项目|预算)?主管部门(?:及代码|及编码)?|部门(?:（单位）)?(?:名称)?(?:及代码|及编码)?"
    r"|(?:预算)?部门名称|一级预算单位(?:名称)?"
)
_OF_UNIT = re.compile(
    r"(?:项目)?(?:实施|执行|申请|填报|申报|编制|编报|填表)单位(?:名称)?|(?:预算)?单位(?:名称)?(?:及编码|及代码)?"
    r"|(?:县级|区级|市级|业务)主管部门"
)
_CODE_HEAD = re.compile(r"(?:预算)?(?:单位|部门|部门（单位）|科室)(?:代码|编码)")
_NAME_HEAD = re.compile(r"(?:预算)?(?:单位|部门|部门（单位）)(?:名称)?(?:（.*）)?")
_LINE = re.compile(r"(?P<label>[^：]{2,14})：(?P<value>.+?)(?:金额)?(?:单位：.*)?")
_NAME = rf"[\u4e00-\u9fff（）·]{{2,36}}?(?:{labels.BODY_ENDS})(?:（本级）|本级)?"
_VALUE = re.compile(
    rf"（?(?P<code>[0-9]{{3,12}})）?[-_—－]?(?P<name>{_NAME})|(?P<name2>{_NAME})（(?P<code2>[0-9]{{3,12}})）"
    rf"|(?P<name3>{_NAME})"
)
_TITLE = re.compile(
    rf"(?:20[0-9]{{2}}年(?:度)?)?(?P<name>{_NAME})(?:20[0-9]{{2}}年(?:度)?)?"
    r"(?:部门|单位)?(?:预算|决算|整体|项目支出|绩效)[^，。；]*"
)
#: What a whole book is called on its cover, which may need several lines.
_BOOK = re.compile(r"(?:部门|单位)(?:综合)?(?:预算|决算)(?!绩效)")
#: The text of a page that holds nothing else.
_COVER = re.compile(rf"(?P<name>{_NAME})20[0-9]{{2}}年(?:度)?{_BOOK.pattern}")
_MAX_COVER = 60  # characters
_PART = re.compile(r"第[一二三四五六七八九十]+部分")
#: What the words of a row without rules begin with, which look like those of a title.
_BEGINS_ROW = re.compile(r"(?:预算|项目|实施|主管|填报|申报|用款)*(?:单位|部门|科室)(?!整体)")
_REGION = re.compile(r"(?:[^省市县区旗州盟]{2,8}(?:省|自治区|市|自治州|州|盟|自治县|县|区|旗))+")
_SEAL = re.compile(r"（(?:单位)?(?:公|盖|签|加盖公?)章）$")  # where a label asks for one
_WHOLE = re.compile(r"（?本级）?$")  # a department itself, as one of its units
_MAX_ID = 32  # letters, so that those of its forms are at most 40: `<id>-form-1`
_DEPARTMENT_CODE = 3  # figures; a unit has more
#: Items of expenditure by function or economic kind, some of which are called like bodies.
_ITEM = re.compile(r"2[0-9]{6}|[35][0-9]{4}")

_OF_BOOK, _STRONG, _TITLED, _WEAK = 100_000, 100, 50, 1


class PrintedDepartment(Struct, frozen=True):
    """What a document prints of the department whose it is; "" for what it does not.

    Attributes:
        name: The department's name.
        code: Its code.
        region: The name of its region, as its own name begins.
        units: The codes and names of its units.
    """

    name: str
    code: str = ""
    region: str = ""
    units: tuple[tuple[str, str], ...] = ()

    def description(self) -> str:
        """The same in words."""
        code = f"（{self.code}）" if self.code else ""
        units = "、".join(f"{name}（{unit}）" for unit, name in self.units)
        return f"{self.name}{code}" + (f"，预算单位：{units}" if units else "")

    def department(self, identifier: str = "") -> Department:
        """A department as the document prints it, with an id of its own or the one given."""
        return Department(
            schema_="department/1",
            id=identifier or self.identifier(),
            name=self.name,
            code=self.code or None,
            region=Region(code=None, name=self.region or None),
            units=tuple(Unit(code=code, name=name) for code, name in self.units),
            contact=None,
        )

    def identifier(self) -> str:
        """The id: the printed code, else the name in Latin letters, which is always the same."""
        if self.code:
            return self.code
        from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionaries take 0.3 s

        parts = lazy_pinyin(re.sub(r"[^\u4e00-\u9fff]", "", self.name))
        whole = "".join(parts)
        return whole if len(whole) <= _MAX_ID else "".join(part[0] for part in parts)


def printed(document: Document) -> PrintedDepartment | None:
    """What a document prints of its department; None where it prints no name."""
    names: Counter[str] = Counter()
    codes: dict[str, str] = {}
    units: dict[str, str] = {}
    for weight, value in _values(document):
        if not (said := _name_and_code(value)):
            continue
        name, code = said
        names[_WHOLE.sub("", name)] += weight
        if code and weight == _STRONG:
            codes.setdefault(name, code)
        elif len(code) > _DEPARTMENT_CODE and not _ITEM.fullmatch(code):
            units.setdefault(code, name)
    for code, name in _listed(document.tables()):
        if len(code) == _DEPARTMENT_CODE:
            codes.setdefault(name, code)
        elif not _ITEM.fullmatch(code):
            units.setdefault(code, name)
    if not names:
        return None
    name = max(names, key=lambda one: (names[one], -len(one)))
    region = _REGION.match(name)
    return PrintedDepartment(
        name,
        codes.get(name, ""),
        region[0] if region and len(region[0]) < len(name) - 1 else "",
        tuple((code, unit) for code, unit in sorted(units.items()) if code != codes.get(name)),
    )


def other_than(department: Department, document: Document) -> str:
    """The name of another department that a document prints as its own; "" where it prints none.

    A name without the region that it lies in, or with it, is no other one; and where a document
    names the department as one of its units, the other is above it.
    """
    own = [_WHOLE.sub("", squeezed(name)) for name in _names(department)]
    others = []
    for weight, value in _values(document):
        if said := _name_and_code(value):
            name = _WHOLE.sub("", said[0])
            if any(name.endswith(one) or one.endswith(name) for one in own):
                return ""
            others += [name] if weight != _WEAK else []
    return others[0] if others else ""


def together(every: Sequence[PrintedDepartment]) -> PrintedDepartment:
    """What some documents print of one department."""
    units = {code: name for one in reversed(every) for code, name in one.units}
    code = next((one.code for one in every if one.code), "")
    return replace(every[0], code=code, units=tuple(sorted(units.items())))


def _name_and_code(value: str) -> tuple[str, str] | None:
    """What is printed of a body, and its code or ""; None where it is no body."""
    if not (found := _VALUE.fullmatch(value)):
        return None
    return found["name"] or found["name2"] or found["name3"], found["code"] or found["code2"] or ""


def _values(document: Document) -> Iterator[tuple[int, str]]:
    """What stands beside a label that names a department or a unit, or in a title."""
    cover = _plain("".join(text.bare for text in document.texts() if text.page == 1))
    titled = _TITLE.fullmatch(cover) if _BOOK.search(cover) else None
    if len(cover) <= _MAX_COVER and (found := _COVER.search(cover) or titled):
        yield _OF_BOOK, found["name"]
    for piece in document.pieces:
        if isinstance(piece, TablePiece):
            yield from _beside(piece)
        elif not piece.out_of_flow:
            yield from _in_line(piece)


def _beside(table: TablePiece) -> Iterator[tuple[int, str]]:
    for row in table.rows():
        for at, cell in enumerate(row):
            yield from _in_line(cell.text)
            weight = _weight(_plain(cell.bare).removesuffix("："))
            if weight and at + 1 < len(row) and row[at + 1].bare:
                yield weight, _plain(row[at + 1].bare)


def _in_line(text: TextPiece) -> Iterator[tuple[int, str]]:
    bare = _plain(text.bare)
    if (found := _TITLE.fullmatch(bare)) and not _BEGINS_ROW.match(bare):
        is_cover = text.page == 1 and _BOOK.search(bare)
        yield _OF_BOOK if is_cover else _TITLED, _PART.sub("", found["name"])
    elif found := labels.UNIT_LINE.fullmatch(text.bare):
        yield _WEAK, f"{found['code']}{_plain(found['name'])}"
    elif (found := _LINE.fullmatch(bare)) and (weight := _weight(found["label"])):
        yield weight, found["value"]


def _weight(label: str) -> int:
    label = _SEAL.sub("", label)
    return _STRONG if _OF_DEPARTMENT.fullmatch(label) else _WEAK if _OF_UNIT.fullmatch(label) else 0


def _listed(tables: Iterable[TablePiece]) -> Iterator[tuple[str, str]]:
    """The rows of tables with a column of codes beside one of names."""
    for table in tables:
        columns: tuple[int, int] | None = None
        for row in table.rows():
            for code, name in pairwise(row):
                heads = _plain(code.bare), _plain(name.bare)
                if _CODE_HEAD.fullmatch(heads[0]) and _NAME_HEAD.fullmatch(heads[1]):
                    columns = code.column, name.column
            if columns:
                texts = {cell.column: _plain(cell.bare) for cell in row}
                pair = texts.get(columns[0], ""), texts.get(columns[1], "")
                if re.fullmatch("[0-9]{3,12}", pair[0]) and re.fullmatch(_NAME, pair[1]):
                    yield pair


def _plain(text: str) -> str:
    return squeezed(text).translate(_BRACKETS).replace(":", "：")


def known(found: PrintedDepartment, departments: Sequence[DepartmentData]) -> DepartmentData | None:
    """The department of the data that a document names, by its name, now or before, or a unit's."""
    for department in departments:
        if squeezed(found.name) in set(map(squeezed, _names(department.department))):
            return department
    codes = {code for code, _ in found.units}
    same = [one for one in departments
            if codes & {unit.code for unit in one.department.units}
            and found.region == one.department.region.name]  # fmt: skip
    return same[0] if len(same) == 1 else None


def _names(department: Department) -> Iterator[str]:
    yield department.name
    yield from (unit.name for unit in department.units)
    for former in department.former:
        yield from (name for name in (former.name, *former.units.values()) if name)
