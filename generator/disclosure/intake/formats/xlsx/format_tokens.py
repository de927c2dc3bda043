"""The grammar of number formats: their sections, and the tokens of a section."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct, field


class UnknownFormatError(ValueError):
    """A format, or a value under it, of which it is not certain how it is shown."""


class Token(Struct, frozen=True):
    """One thing in a section.

    Attributes:
        kind: `literal`, `digit` (0, # or ?), `point`, `comma`, `percent`, `exponent`, `slash`,
            `general`, `text` (@), `date` (yyyy, m, …), `elapsed` ([h]), `half` (AM/PM) or `part`
            (tenths of seconds).
        value: How the format writes it, or the words of a literal.
    """

    kind: str
    value: str


_CONDITIONS = {"<": operator.lt, "<=": operator.le, "=": operator.eq, "<>": operator.ne,
               ">": operator.gt, ">=": operator.ge}  # fmt: skip


class FormatSection(Struct, frozen=True):
    """One section of a format.

    Attributes:
        tokens: What it shows, in order.
        condition: The comparison, such as `>=`, and the number; None when there is none.
        color: The colour it names, in English; "" when it names none.
        locale: The language of dates, as a hexadecimal number in lower case; "" for the system's.
        numerals: Which Chinese numerals it asks for: 0 for none, else 1 to 3.
    """

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    color: str = ""
    locale: str = ""
    numerals: int = 0

    def has(self, kind: str) -> bool:
        """Whether there is a token of that kind."""
        return any(token.kind == kind for token in self.tokens)

    @property
    def is_date(self) -> bool:
        """Whether it shows a number as a date, a time or a duration."""
        return self.has("date") or self.has("elapsed") or self.has("half")

    def holds(self, value: Decimal) -> bool:
        """Whether its condition holds for a number."""
        assert self.condition is not None
        compare, bound = self.condition
        return bool(_CONDITIONS[compare](value, bound))


_COLORS = {"黑": "black", "蓝": "blue", "青": "cyan", "绿": "green", "洋红": "magenta",
           "红": "red", "白": "white", "黄": "yellow"}  # fmt: skip
_PARTS = re.compile(
    r"""
      "(?P<quoted>[^"]*)"
    | [\\!](?P<escaped>.)
    | _(?P<space>.)
    | \*(?P<fill>.)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>AM/PM|A/P|上午/下午)
    | (?P<exponent>E[+-])
    | (?P<fixed>(?<=/)[1-9][0-9]*)
    | (?P<part>(?<=[sS])\.0{1,3}(?!0))
    | (?P<date>y+|m+|d+|h+|s+|a{3,4}|e+)
    | (?P<digit>[0#?])
    | (?P<point>\.)
    | (?P<comma>,)
    | (?P<percent>%)
    | (?P<slash>/)
    | (?P<text>@)
    | (?P<literal>[-$+():^&'~{}<>=\ 1-9]|[^\x00-\x7f])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BRACKETS = re.compile(
    r"""
      (?P<condition>[<>=]{1,2})\s*(?P<bound>-?[0-9]+(?:\.[0-9]*)?)
    | (?P<color>black|blue|cyan|green|magenta|red|white|yellow)
    | (?P<chinese>黑|蓝|青|绿|洋红|红|白|黄)色?
    | (?:color|颜色)\s*(?P<palette>[0-9]{1,2})
    | \$(?P<currency>[^-]*)(?:-(?P<locale>[0-9A-Za-z-]*))?
    | DBNum(?P<numerals>[123])
    | (?P<elapsed>h+|m+|s+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SYSTEM = {"f800": 'yyyy"年"m"月"d"日"', "x-sysdate": 'yyyy"年"m"月"d"日"',
           "f400": "h:mm:ss", "x-systime": "h:mm:ss"}  # fmt: skip


def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format.

    Raises:
        UnknownFormatError: Something in it is not understood.
    """
    parts = list(_split(code))
    if len(parts) > 4:
        raise UnknownFormatError
    return tuple(_section(part) for part in parts)


def _split(code: str) -> Iterator[str]:
    """The sections' texts; a semicolon in quotes or behind a backslash parts nothing."""
    at = begin = 0
    while at < len(code):
        if code[at] == ";":
            yield code[begin:at]
            begin = at = at + 1
            continue
        found = _PARTS.match(code, at)
        at = found.end() if found else at + 1
    yield code[begin:]


class _SectionBuilder(Struct):
    """A section while its text is being read."""

    tokens: list[Token] = field(default_factory=list)
    condition: tuple[str, Decimal] | None = None
    color: str = ""
    locale: str = ""
    numerals: int = 0

    def bracket(self, text: str) -> None:
        """Take what stands in square brackets."""
        inner = _BRACKETS.fullmatch(text)
        if inner is None or inner["condition"] not in {None, *_CONDITIONS}:
            raise UnknownFormatError
        if inner["condition"]:
            self.condition = inner["condition"], Decimal(inner["bound"])
        elif inner["elapsed"]:
            self.tokens.append(Token("elapsed", inner["elapsed"].lower()))
        elif inner["numerals"]:
            self.numerals = int(inner["numerals"])
        elif inner["currency"] is not None:
            self.tokens.append(Token("literal", inner["currency"]))
            self.locale = (inner["locale"] or "").lower()
        else:
            named = inner["color"] or _COLORS.get(inner["chinese"] or "") or "palette"
            self.color = named.lower()


def _section(text: str) -> FormatSection:
    made = _SectionBuilder()
    at = 0
    while at < len(text):
        found = _PARTS.match(text, at)
        if found is None:
            raise UnknownFormatError
        at = found.end()
        if found["bracket"] is None:
            made.tokens.append(_token(found))
        else:
            made.bracket(found["bracket"])
    if made.locale in _SYSTEM:
        return FormatSection(_section(_SYSTEM[made.locale]).tokens, made.condition, made.color)
    tokens = _minutes_apart(made.tokens)
    return FormatSection(tokens, made.condition, made.color, made.locale, made.numerals)


def _token(found: re.Match[str]) -> Token:
    kind = found.lastgroup or ""
    value = found[kind]
    if kind in {"quoted", "escaped", "fixed", "literal"}:
        return Token("literal", value)
    if kind == "space":
        return Token("literal", " ")
    if kind == "fill":
        if value != " ":
            raise UnknownFormatError  # how often it is repeated depends on the column's width
        return Token("literal", "")
    return Token(kind, value.lower() if kind == "date" else value[-1:] if kind == "exponent"
                 else value)  # fmt: skip


def _minutes_apart(tokens: list[Token]) -> tuple[Token, ...]:
    """Tokens in which `m` for minutes is told from `m` for months, and a date's / is a literal."""
    is_date = any(token.kind in {"date", "elapsed", "half"} for token in tokens)
    if not is_date:
        return tuple(tokens)
    parts = [at for at, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    found = list(tokens)
    for order, at in enumerate(parts):
        token = tokens[at]
        if token.kind != "date" or token.value not in {"m", "mm"}:
            continue
        before = tokens[parts[order - 1]].value[0] if order else ""
        after = tokens[parts[order + 1]].value[0] if order + 1 < len(parts) else ""
        if before == "h" or after == "s":
            found[at] = Token("date", "n" * len(token.value))
    return tuple(
        Token("literal", token.value) if token.kind in {"slash", "comma", "point"} else token
        for token in found
    )


def literal(token: Token) -> str:
    """The words of a token; no other kind may stand where this is asked."""
    if token.kind != "literal":
        raise UnknownFormatError
    return token.value
