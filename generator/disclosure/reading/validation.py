"""A file's tree as a value of the model, or what keeps it from being one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from disclosure.forms.files import SCHEMAS, File
from disclosure.forms.form import Form
from disclosure.model import fields
from disclosure.model.diagnostics import Diagnostic, Rule, Span
from disclosure.reading import rules, tree
from disclosure.reading.form_places import of_form, where_written
from disclosure.reading.quoting import meant, quote
from disclosure.reading.source import SourceText
from disclosure.reading.syntax import colons
from disclosure.reading.tree import Node, Refused, Scalar, Sequence

_Loc = tuple[int | str, ...]

#: What the model's patterns ask for. A test keeps it complete.
PATTERNS: Mapping[str, str] = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "只能用小写字母和数字，中间可用短横线，如 130803-322",
    r"^[0-9A-Z]+(-[0-9A-Z]+)*$": "只能用数字和大写字母，中间可用短横线，如 13080324P00514210001L",
    r"^([a-z0-9]+(-[a-z0-9]+)*/)?[0-9A-Z]+(-[0-9A-Z]+)*$": (
        "只能用数字和大写字母，中间可用短横线，如 13080324P00514210001L；"
        "前面可以写部门标识和斜线，如 130803-322/01"
    ),
    r"^[0-9]+$": "只能用数字，如 322001",
    r"^[0-9a-f]{64}$": "须是 64 位小写十六进制数字",
}


_NAMED_BY_FILE = {"project/1", "result/1"}


def validated(
    source: SourceText, root: tree.Mapping, kind: str, name: str
) -> tuple[File | None, Iterable[Diagnostic]]:
    """The model's value for a file whose place asks for `kind`, or its findings.

    Projects and their results are known by the `name` of their file, where they do not say it.
    The findings are made as they are taken: a hostile file may have hundreds of thousands.
    """
    if finding := _schema_line(source, root, kind):
        return None, [finding]
    record = SCHEMAS[kind]
    try:
        plain = _plain(root, record, in_yuan=False)
        if kind in _NAMED_BY_FILE and isinstance(plain, dict):
            plain.setdefault("id", name)
        return record.model_validate(plain, by_alias=True, by_name=False), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, _Findings(source, root, record).of(details)


def _schema_line(source: SourceText, root: tree.Mapping, kind: str) -> Diagnostic | None:
    """The first line first: without it, fifty other findings would mean nothing."""
    hint = f"请在文件开头写：schema: {kind}"
    if "schema" not in root.entries:
        return rules.NO_SCHEMA.at(
            source.span(root.start, root.end), "文件没有写明类型（schema）。", hint
        )
    key, value = root.entries["schema"]
    if isinstance(value, Refused):
        return None
    if not isinstance(value, Scalar) or value.text is None:
        span = source.span(key.start, key.end)
        return rules.NO_SCHEMA.at(span, "文件没有写明类型（schema）。", hint)
    if value.text == kind:
        return None
    span = source.span(value.start, value.end)
    if value.text in SCHEMAS:
        message = f"这个位置的文件应是 {kind}，这里写的是 {value.text}。"
        return rules.WRONG_SCHEMA.at(span, message, f"{hint}；如果文件放错了位置，请移走。")
    message = f"不认识的文件类型{quote(value.text)}。"
    name, _, version = value.text.partition("/")
    if name == kind.partition("/")[0] and version.isdecimal():
        hint += "。如果它是新版本的格式，请先升级本程序。"
    return rules.UNKNOWN_SCHEMA.at(span, message, hint)


def _record_in(annotation: object) -> type[fields.Record] | None:
    """The kind of record that an annotation such as `tuple[Unit, ...] | None` is about."""
    if isinstance(annotation, type) and issubclass(annotation, fields.Record):
        return annotation
    return next(filter(None, map(_record_in, get_args(annotation))), None)


@cache
def _fields(record: type[fields.Record]) -> Mapping[str, FieldInfo]:
    """A record's fields under the names that stand in the file."""
    return {field.alias or name: field for name, field in record.model_fields.items()}


@cache
def _record_of(record: type[fields.Record], name: str) -> type[fields.Record] | None:
    """The kind of record that a record's field holds, or holds several of."""
    field = _fields(record).get(name)
    return _record_in(field.annotation) if field else None


@cache
def _is_money(record: type[fields.Record], name: str) -> bool:
    """Whether a record's field holds an amount of money, or several of them by name."""
    field = _fields(record).get(name)
    return field is not None and _of_money(field.annotation)


def _of_money(annotation: object) -> bool:
    """Whether an annotation such as `Mapping[Text, Money | None]` is about money."""
    return annotation == fields.Money or any(map(_of_money, get_args(annotation)))


def _plain(node: Node, record: type[fields.Record] | None, *, in_yuan: bool) -> object:
    """The tree as plain values for Pydantic; amounts are `Yuan` where their file says so.

    A field with nothing written is left out, so that it means the same as no field; among
    free names (the spending plan's) it stays None, so that it is found.
    """
    if isinstance(node, Scalar):
        return fields.Yuan(node.text) if in_yuan and record is None and node.text else node.text
    if isinstance(node, Sequence):
        return tuple(_plain(item, record, in_yuan=in_yuan) for item in node.items)
    if isinstance(node, Refused):
        return node
    if record is None:
        return {
            name: _plain(value, None, in_yuan=in_yuan) for name, (_, value) in node.entries.items()
        }
    if "money" in _fields(record):
        in_yuan = _says_yuan(node)
    plain = {}
    for name, (_, value) in node.entries.items():
        if isinstance(value, Scalar) and value.text is None and name in _fields(record):
            continue
        part = _record_of(record, name)
        yuan = in_yuan and (part is not None or _is_money(record, name))
        plain[name] = _plain(value, part, in_yuan=yuan)
    return plain


def _says_yuan(node: tree.Mapping) -> bool:
    """Whether a part of a file gives its amounts in yuan."""
    unit = tree.find(node, "money")
    return isinstance(unit, Scalar) and unit.text == "元"


class _Findings:
    """Turns what Pydantic found in one file into findings."""

    def __init__(self, source: SourceText, root: tree.Mapping, record: type[File]) -> None:
        self.source = source
        self.root = root
        self.record = record
        self.meant_fields: set[_Loc] = set()

    def of(self, details: list[ErrorDetails]) -> Iterator[Diagnostic]:
        """The findings; a field that was only misspelt is not reported missing as well."""
        if self.record is Form:
            details = list(where_written(self.root, details))
        unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
        for detail in unknown:
            yield self.unknown(detail["loc"])
        for detail in details:
            if detail["type"] == "missing":
                yield from self.missing(detail["loc"])
            elif detail["type"] != "extra_forbidden":
                yield from self.invalid(detail)

    def unknown(self, loc: _Loc) -> Diagnostic:
        """A field the format does not have."""
        name = str(loc[-1])
        parent = tree.find(self.root, *loc[:-1])
        assert isinstance(parent, tree.Mapping)
        key = parent.entries[name][0]
        record = self.record_at(loc[:-1])
        fields = _fields(record) if record else {}
        names = {alias: alias for alias in fields}
        names |= {str(field.title): alias for alias, field in fields.items()}
        guess = meant(name, names)
        if guess:
            self.meant_fields.add((*loc[:-1], guess))
            hint = f"是不是想写 {guess}（{fields[guess].title}）？"
        else:
            known = "、".join(f"{alias}（{field.title}）" for alias, field in fields.items())
            hint = f"这里可以写的栏目有：{known}。"
        message = f"没有{quote(name)}这个栏目。"
        return rules.UNKNOWN_FIELD.at(self.source.span(key.start, key.end), message, hint)

    def missing(self, loc: _Loc) -> Iterator[Diagnostic]:
        """A field that must be there, or must say something."""
        if loc in self.meant_fields:
            return
        name, parent = str(loc[-1]), tree.find(self.root, *loc[:-1])
        assert isinstance(parent, tree.Mapping)
        record = self.record_at(loc[:-1])
        title = _title(_fields(record)[name]) if record else name
        explanation = (_fields(record)[name].description or "") if record else ""
        if name in parent.entries:
            key = parent.entries[name][0]
            message, span = f"{name}（{title}）没有填写。", self.source.span(key.start, key.end)
            hint = f"请在冒号后填写{title}。{explanation}"
        else:
            message = f"缺少 {name}（{title}）。"
            span = self.source.span(parent.start, parent.end)
            hint = f"请加上一行“{name}: …”，填写{title}。{explanation}"
        yield rules.MISSING_FIELD.at(span, message, hint)

    def invalid(self, detail: ErrorDetails) -> Iterator[Diagnostic]:
        """A value that is not what its field asks for."""
        loc = detail["loc"]
        node = tree.find(self.root, *loc)
        if node is None or isinstance(node, Refused):
            return
        # An entry of the spending plan is no field of its own, but part of one.
        field = self.field_at(loc) or self.field_at(loc[:-1])
        kind = detail["type"]
        name = self.name_of(loc)
        span = self.span_of(loc, node)
        if kind == "too_short":
            about = field.description if field else ""
            yield rules.TOO_FEW.at(span, *_too_few(name, about or "", detail["ctx"]))
        elif isinstance(node, Scalar) and node.text is None:
            yield rules.MISSING_FIELD.at(span, f"{name}没有填写。", "请填写内容，或删去这一行。")
        elif kind.endswith("_type") or not isinstance(node, Scalar):
            yield from self.wrong_type(kind, node, span, name)
        else:
            rule, message, hint = _value(detail, node.text or "", field)
            yield rule.at(span, f"{name}：{message}", hint)

    def wrong_type(self, kind: str, node: Node, span: Span, name: str) -> Iterator[Diagnostic]:
        """Text where a list should be, a list where a number should be, and so on."""
        fields = kind.startswith(("model", "mapping", "dict"))
        if fields and isinstance(node, Scalar):
            wrong_colons = list(colons(self.source, node.start, node.end))
            yield from wrong_colons
            if wrong_colons:
                return
        if kind == "tuple_type":
            message, hint = "应是列表", "请每项另起一行，写成“- 内容”；没有内容时写 []。"
        elif fields:
            message, hint = "应分成几行“栏目: 内容”", "请另起一行，缩进两格，写成“栏目: 内容”。"
            if isinstance(node, Sequence):
                hint = "请去掉多余的“- ”或方括号，每行写成“栏目: 内容”。"
        else:
            message, hint = "应是一段文字或一个数", "请直接写在冒号后面，不要分成列表或多个栏目。"
            if self.source.text[node.start] in "[{":
                hint += "如果内容以括号开头，请给整个内容加英文引号。"
        yield rules.WRONG_TYPE.at(span, f"{name}{message}。", hint)

    def record_at(self, loc: _Loc) -> type[fields.Record] | None:
        """The kind of record that stands at `loc`."""
        if self.record is Form and loc:
            return of_form(loc)
        record: type[fields.Record] | None = self.record
        for step in loc:
            if isinstance(step, str) and record:
                record = _record_of(record, step)
        return record

    def field_at(self, loc: _Loc) -> FieldInfo | None:
        """The field that the value at `loc` is, or is an item of."""
        names = [at for at, step in enumerate(loc) if isinstance(step, str)]
        record = self.record_at(loc[: names[-1]])
        return _fields(record).get(str(loc[names[-1]])) if record else None

    def name_of(self, loc: _Loc) -> str:
        """What to call the value at `loc`: `total（预算数）`, `goals 第 2 项（绩效目标）`."""
        field, last = self.field_at(loc), loc[-1]
        if isinstance(last, int):
            return f"{loc[-2]} 第 {last + 1} 项（{_title(field)}）"
        if field is None:
            return f"{self.name_of(loc[:-1])}中的{quote(last)}"
        return f"{last}（{_title(field)}）"

    def span_of(self, loc: _Loc, node: Node) -> Span:
        """The value's place, or its key's where the value is more than text."""
        parent = tree.find(self.root, *loc[:-1])
        step = loc[-1]
        nothing = isinstance(node, Scalar) and node.start == node.end
        if isinstance(parent, tree.Mapping) and (nothing or not isinstance(node, Scalar)):
            key = parent.entries[str(step)][0]
            return self.source.span(key.start, key.end)
        return self.source.span(node.start, node.end)


def _too_few(name: str, about: str, context: Mapping[str, int]) -> tuple[str, str]:
    """The message and hint for a list with too few items."""
    found, least = context["actual_length"], context["min_length"]
    if not found:
        return f"{name}里一项也没有。", f"请至少写{'一' if least == 1 else f' {least} '}项。{about}"
    return f"{name}只有 {found} 项，至少要 {least} 项。", f"请至少写 {least} 项。{about}"


def _title(field: FieldInfo | None) -> str:
    return (field.title if field else None) or ""


def _value(detail: ErrorDetails, text: str, field: FieldInfo | None) -> tuple[Rule, str, str]:
    """The rule, message and hint for text that is not what its field asks for."""
    kind, about = detail["type"], (field.description or "" if field else "")
    context = detail.get("ctx", {})
    if kind in _LIKELY:
        rule, what, how = _LIKELY_WORDS[kind]
        likely = _LIKELY[kind](text)
        hint = how + (about if kind == "money" else "")
        hint += f"应写成 {likely}。" if likely else ""
        hint += _IN_YUAN if re.search(r"[^万]元", text) else ""
        return rule, f"{quote(text)}不是{what}。", hint
    if kind == "string_too_long":
        most = context["max_length"]
        return rules.TOO_LONG, f"有 {len(text)} 个字，最多 {most} 个。", about
    if kind == "literal_error":
        return rules.CHOICE, f"不能写{quote(text)}。", f"请从这些里选一个：{about}"
    pattern = str(context["pattern"])
    likely = _like_pattern(text, pattern)
    hint = f"{about}" + (f"是不是想写 {likely}？" if likely else "")
    return rules.PATTERN, f"{quote(text)}的写法不对，{PATTERNS[pattern]}。", hint


_IN_YUAN = "如果原表的金额都是元，请在文件开头写 money: 元，金额照抄；否则除以 10000 换算成万元。"


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def _like_money(text: str) -> str | None:
    """What was meant by `1,500.00`, `１５０` or `150万元`. Yuan are left to the user to convert."""
    bare = re.sub(r"(万元|分)$", "", _half_width(text).replace(",", ""))
    return bare if re.fullmatch(fields.MONEY, bare, re.ASCII) and bare != text else None


def _like_date(text: str) -> str | None:
    """What was meant by `2024/2/6` or `2024年2月6日`."""
    found = re.fullmatch(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?", _half_width(text), re.ASCII)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


def _like_year(text: str) -> str | None:
    found = re.fullmatch(r"((?:19|20)\d\d)年?度?", _half_width(text), re.ASCII)
    return found.group(1) if found else None


def _like_number(text: str) -> str | None:
    found = re.fullmatch(r"(?:第|No\.?)?0*([1-9]\d{0,5})[.、个号]?", _half_width(text), re.ASCII)
    return found.group(1) if found else None


def _like_pattern(text: str, pattern: str) -> str | None:
    """The same text in half width, without spaces, in the case that the pattern asks for."""
    bare = _half_width(text)
    return next(
        (like for like in (bare, bare.upper(), bare.lower()) if re.search(pattern, like)), None
    )


_LIKELY: Mapping[str, Callable[[str], str | None]] = {
    "money": _like_money,
    "date": _like_date,
    "year": _like_year,
    "number": _like_number,
}
_LIKELY_WORDS: Mapping[str, tuple[Rule, str, str]] = {
    "money": (rules.MONEY, "数字", "只写数字，如 150.00，不写单位和百分号。"),
    "date": (rules.DATE, "日期", "日期写成“年-月-日”，如 2024-02-06，月和日各两位。"),
    "year": (rules.YEAR, "年度", "年度写四位数字，如 2024。"),
    "number": (rules.NUMBER, "序号", "序号写从 1 开始的整数，如 1、2、3。"),
}
