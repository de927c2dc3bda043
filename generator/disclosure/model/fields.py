"""What the fields of the data format may hold: texts, amounts, years, dates and codes.

All money is in 万元 (10,000 yuan), as on most official forms, and remembers how it was printed.
A file that says `money: 元` holds amounts in yuan; they are divided exactly when they are read, so
that sums, shares and comparisons never see another unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

MONEY = r"-?(0|[1-9][0-9]{0,12}|[1-9][0-9]{0,2}(,[0-9]{3}){1,4})(\.[0-9]{1,6})?"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Amount(Decimal):
    """An amount of money in 万元 that remembers how it was printed.

    Attributes:
        printed: The text as the document has it, in the document's own unit: `1,343.50`, `235000`.
    """

    printed: str

    def __new__(cls, value: Decimal | str, printed: str | None = None) -> Self:
        """An amount of `value` 万元; printed as the value itself unless told otherwise."""
        amount = super().__new__(cls, value)
        amount.printed = str(value) if printed is None else printed
        return amount

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:  # type: ignore[override]
        """Pickled with both, for other processes and the cache."""
        return type(self), (str(self), self.printed)


MoneyUnit = Literal["万元", "元"]

#: What the fields of amounts say of it; where amounts are converted, without the second half.
OR_YUAN = "；文件写明 money: 元 的为元"
IN_WANYUAN = f"单位：万元{OR_YUAN}。"


class Yuan(str):
    """An amount as it is written in a file of which the amounts are yuan; reading makes these."""

    __slots__ = ()


_PLACES_OF_YUAN = -4  # 1 元 is 0.0001 万元
_CENTS = Decimal("0.01")


def in_wanyuan(yuan: Decimal) -> Decimal:
    """Yuan as 万元, exactly; written with two decimals, or with more where it has them."""
    return with_two_decimals(yuan.scaleb(_PLACES_OF_YUAN))


def with_two_decimals(amount: Decimal) -> Decimal:
    """The same amount with two decimals, or with more where it has them; never rounded."""
    cents = amount.quantize(_CENTS)
    return cents if cents == amount else amount.normalize()


def _read_number_as_printed(text: object) -> Amount:
    """`1,150.00` → 1150.00, printed `1,150.00`. Without separators `str()` is the same text."""
    if isinstance(text, Decimal):
        return text if isinstance(text, Amount) else Amount(text)
    if not isinstance(text, str) or not re.fullmatch(MONEY, text, re.ASCII):
        raise PydanticCustomError("money", "“{text}”不是金额", {"text": text})
    return Amount(text.replace(",", ""), str(text))


def _read_money(text: object) -> Amount:
    """The same in 万元: yuan are divided."""
    amount = _read_number_as_printed(text)
    return Amount(in_wanyuan(amount), amount.printed) if isinstance(text, Yuan) else amount


def amount_in(text: str, unit: MoneyUnit) -> Amount | None:
    """An amount that is printed in `unit`; None where the text is none."""
    if not re.fullmatch(MONEY, text, re.ASCII):
        return None
    return _read_money(Yuan(text) if unit == "元" else text)


def _read_year(text: object) -> object:
    if not isinstance(text, str):
        return text
    if not re.fullmatch(r"(19|20)[0-9]{2}", text, re.ASCII):
        raise PydanticCustomError("year", "“{text}”不是四位数的年度", {"text": text})
    return int(text)


def _read_number(text: object) -> object:
    if not isinstance(text, str):
        return text
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text, re.ASCII):
        raise PydanticCustomError("number", "“{text}”不是从 1 开始的序号", {"text": text})
    return int(text)


def _read_date(text: object) -> object:
    if not isinstance(text, str):
        return text
    try:
        if re.fullmatch(DATE, text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:  # 2024-02-30: the shape of a date, but no day of the calendar
        pass
    raise PydanticCustomError("date", "“{text}”不是日期", {"text": text})


# YAML editors read `150.00` and `322001` as numbers, so the schemas admit both spellings;
# the reader itself sees only text.
NonEmptyText = Annotated[str, Field(min_length=1)]
Money = Annotated[
    Amount,
    PlainValidator(_read_money),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{MONEY}$"}),
]
#: Points of an evaluation, written as money is but in no unit.
Points = Annotated[
    Amount,
    PlainValidator(_read_number_as_printed),
    WithJsonSchema({"type": ["number", "string"], "pattern": f"^{MONEY}$"}),
]
Year = Annotated[
    int,
    BeforeValidator(_read_year),
    WithJsonSchema({"type": ["integer", "string"], "pattern": "^(19|20)[0-9]{2}$"}),
]
Number = Annotated[
    int,
    BeforeValidator(_read_number),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 1, "pattern": "^[1-9][0-9]{0,5}$"}),
]
Date = Annotated[
    date, BeforeValidator(_read_date), WithJsonSchema({"type": "string", "format": "date"})
]


def _code(pattern: str) -> object:
    """A code is text, whatever it looks like: leading zeros count."""
    return WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{pattern}$"})


FormId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
DepartmentId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
_DEPARTMENT_ID = TypeAdapter(DepartmentId)
ProjectCode = Annotated[
    str,
    Field(pattern=r"^[0-9A-Z]+(-[0-9A-Z]+)*$", max_length=40),
    _code(r"[0-9A-Z]+(-[0-9A-Z]+)*"),
]
#: The name of a project's file: its code, or its number in the document such as `01`.
ProjectId = ProjectCode
#: A project without a code is known by its number in the document: `01`, or `2-03` in a part.
SHORT_NUMBER = re.compile(r"[0-9]{1,4}(-[0-9]{1,4})?")
#: A project of last year: its id, or its department's and its own as `130803-322/01`.
ProjectReference = Annotated[
    str,
    Field(
        pattern=r"^([a-z0-9]+(-[a-z0-9]+)*/)?[0-9A-Z]+(-[0-9A-Z]+)*$",
        max_length=40,
    ),
    _code(r"([a-z0-9]+(-[a-z0-9]+)*/)?[0-9A-Z]+(-[0-9A-Z]+)*"),
]
DigitCode = Annotated[str, Field(pattern=r"^[0-9]+$", max_length=20), _code(r"[0-9]{1,20}")]


def is_entry(id_: str, code: str) -> bool:
    """Whether an id is that of a further entry of a code, `<code>-2`.

    A department may list one project several times, with the money and goals of each of its units.
    """
    number = id_.removeprefix(f"{code}-")
    return bool(code) and number != id_ and number.isdecimal() and int(number) > 1


def is_department_id(text: str) -> bool:
    """Whether a text may name a department."""
    try:
        return bool(_DEPARTMENT_ID.validate_python(text))
    except ValidationError:
        return False


class Record(BaseModel):
    """What all parts of the format share: frozen, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_by_name=True)


def code_as_id(fields: Mapping[str, Any]) -> str:
    """A project without an id of its own is known by its code; reading gives every file its id."""
    return fields.get("code") or ""


def title_of(record: type[Record], field: str) -> str:
    """What a field is called: by the format, or by the name as printed that follows a dot."""
    known = record.model_fields.get(field)
    return (known.title or field) if known else field.partition(".")[2]
