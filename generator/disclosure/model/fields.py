"""What the fields of the data format may hold: texts, amounts, years, dates and codes.

All money is in 万元 (10,000 yuan), as on the official form, and is a `Decimal` that prints exactly
as it was written.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

MONEY = r"-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,6})?"
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


def _read_money(text: object) -> object:
    """`150.00` → Decimal('150.00'). The grammar makes `str()` give the same text back."""
    if not isinstance(text, str):
        return text
    if not re.fullmatch(MONEY, text, re.ASCII):
        raise PydanticCustomError("money", "“{text}”不是金额", {"text": text})
    return Decimal(text)


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
Text = Annotated[str, Field(min_length=1)]
Money = Annotated[
    Decimal,
    BeforeValidator(_read_money),
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


DepartmentId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
ProjectCode = Annotated[str, Field(pattern=r"^[0-9A-Z]+$", max_length=40), _code(r"[0-9A-Z]{1,40}")]
DigitCode = Annotated[str, Field(pattern=r"^[0-9]+$", max_length=20), _code(r"[0-9]{1,20}")]


class Record(BaseModel):
    """What all parts of the format share: frozen, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_by_name=True)
