"""Equations of Word on one line, as Unicode Technical Note 28 writes them: a/b, 10³, √16.

What is a matter of rows above each other cannot be written on a line and is named instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from docx.oxml.ns import qn
from lxml import etree

from disclosure.intake.formats.docx.symbols import lowered, raised

#: Stand around a fraction until it is known what it stands beside.
_OPEN, _CLOSE = "\x01", "\x02"
_AFTER_DIGIT = re.compile(rf"(?<=[0-9]){_OPEN}(?=[0-9])|(?<=[0-9]){_CLOSE}(?=[0-9{_OPEN}])")
_AFTER_DIVISION = re.compile(rf"(?<=[÷/:∶^]){_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_BEFORE_POWER = re.compile(rf"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}(?=[⁰¹²³⁴-⁹⁻ⁿ^])")
_OPERATOR = re.compile(r"[-+−±×÷·*/=<>≤≥≠≈,，;；:∶\s]")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ACCENTS = {"¯", "‾", "̅", "̄", "^", "̂", "~", "̃", "→", "⃗", "˙", "̇", "¨", "̈"}
_COMBINING = {"¯": "̄", "‾": "̄", "^": "̂", "~": "̃", "→": "⃗", "˙": "̇", "¨": "̈"}
_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}

#: What a piece of an equation says that is no structure of it: a run, an insertion.
WriteElement = Callable[[etree._Element], str]  # noqa: SLF001 - the only name of lxml's type


class UnwritableError(Exception):
    """An equation that cannot be written on a line."""


def with_brackets(text: str) -> str:
    """A line in which each fraction is kept apart from what stands beside it."""
    text = _BEFORE_POWER.sub(r"(\1)", _AFTER_DIVISION.sub(r"(\1)", text))
    return _AFTER_DIGIT.sub(" ", text).replace(_OPEN, "").replace(_CLOSE, "")


def on_a_line(element: etree._Element, say: WriteElement) -> str:
    """An equation, or a part of one, on a line.

    Args:
        element: `m:oMath` or anything below it.
        say: Gives the text of what is no structure.

    Raises:
        UnwritableError: It is a matter of rows, or unknown.
    """
    return "".join(_part(child, say) for child in element)


def _part(element: etree._Element, say: WriteElement) -> str:
    name = etree.QName(element)
    if name.namespace != _MATH or name.localname == "r":
        return say(element)
    maker = _MAKERS.get(name.localname)
    if maker is not None:
        return maker(element, say)
    if name.localname.endswith("Pr"):
        return ""
    raise UnwritableError


def _argument(element: etree._Element, name: str, say: WriteElement) -> str:
    found = element.find(qn(f"m:{name}"))
    return with_brackets(on_a_line(found, say)) if found is not None else ""


def _property(element: etree._Element, name: str, otherwise: str) -> str:
    found = next(element.iterfind(f"{qn('m:' + _tag(element) + 'Pr')}/{qn('m:' + name)}"), None)
    return found.get(qn("m:val"), "") if found is not None else otherwise


def _tag(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _grouped(text: str) -> str:
    """An operand, in brackets where it is more than one term."""
    bare = _BRACKETS.sub("", text)
    return f"({text})" if _OPERATOR.search(bare) else text


def fraction(above: str, below: str) -> str:
    """A fraction on a line."""
    return f"{_OPEN}{_grouped(above)}/{_grouped(below)}{_CLOSE}"


def root(degree: str, base: str) -> str:
    """A root on a line."""
    sign = _ROOTS.get(degree)
    inner = base if len(base) == 1 or base.isdecimal() else f"({base})"
    return f"{sign}{inner}" if sign else f"√({degree}&{base})"


def _fraction(element: etree._Element, say: WriteElement) -> str:
    if _property(element, "type", "bar") == "noBar":
        raise UnwritableError
    return fraction(_argument(element, "num", say), _argument(element, "den", say))


def _script(element: etree._Element, say: WriteElement) -> str:
    base = _argument(element, "e", say)
    below, above = _argument(element, "sub", say), _argument(element, "sup", say)
    return _grouped(base) + (lowered(below) if below else "") + (raised(above) if above else "")


def _root(element: etree._Element, say: WriteElement) -> str:
    return root(_argument(element, "deg", say), _argument(element, "e", say))


def _delimited(element: etree._Element, say: WriteElement) -> str:
    parts = [with_brackets(on_a_line(each, say)) for each in element.findall(qn("m:e"))]
    begin, end = _property(element, "begChr", "("), _property(element, "endChr", ")")
    return begin + _property(element, "sepChr", "|").join(parts) + end


def _sum(element: etree._Element, say: WriteElement) -> str:
    below, above = _argument(element, "sub", say), _argument(element, "sup", say)
    limits = (f"_({below})" if below else "") + (f"^({above})" if above else "")
    inner = _argument(element, "e", say)
    return _property(element, "chr", "∫") + limits + (f"({inner})" if limits else inner)


def _function(element: etree._Element, say: WriteElement) -> str:
    return f"{_argument(element, 'fName', say)}({_argument(element, 'e', say)})"


def _limit(element: etree._Element, say: WriteElement) -> str:
    sign = "_" if _tag(element) == "limLow" else "^"
    return f"{_argument(element, 'e', say)}{sign}({_argument(element, 'lim', say)})"


def _inner(element: etree._Element, say: WriteElement) -> str:
    return _argument(element, "e", say)


def _accent(element: etree._Element, say: WriteElement) -> str:
    base = _argument(element, "e", say)
    over = "¯" if _tag(element) == "bar" else _property(element, "chr", "̂")
    below = _tag(element) == "bar" and _property(element, "pos", "bot") != "top"
    if len(base) != 1 or over not in _ACCENTS or below:
        raise UnwritableError
    return unicodedata.normalize("NFC", base + _COMBINING.get(over, over))


def _rows(element: etree._Element, say: WriteElement) -> str:
    """A matrix or rows of equations: on a line only where there is no more than one."""
    parts = list(element.iterchildren(qn("m:e"))) or [
        each for row in element.iterchildren(qn("m:mr")) for each in row.iterchildren(qn("m:e"))
    ]
    if len(parts) != 1:
        raise UnwritableError
    return with_brackets(on_a_line(parts[0], say))


_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_MAKERS: dict[str, Callable[[etree._Element, WriteElement], str]] = {
    "f": _fraction, "sSup": _script, "sSub": _script, "sSubSup": _script, "rad": _root,
    "d": _delimited, "nary": _sum, "func": _function, "limLow": _limit, "limUpp": _limit,
    "box": _inner, "borderBox": _inner, "acc": _accent, "bar": _accent, "m": _rows,
    "eqArr": _rows, "oMath": on_a_line,
}  # fmt: skip


# Fields: `EQ \f(9,10)`, with which Word wrote equations, circled figures and pronunciations.

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[(),;]|[^\\(),;]+")
_OPTION = re.compile(r"\\(?:ac|al|ar|ad|up|do|ai|di|hs|vs|co|lc|rc|bc|su|pr|in|fc|vc|to|le|ri|bo)"
                     r"[0-9]*", re.IGNORECASE)  # fmt: skip
_PRONUNCIATION = re.compile(r"\^?\(?[^\W\d_]+\)?(?<![\u4e00-\u9fff])")
_BOXES = {"√": "☑", "✓": "☑", "∨": "☑", "×": "☒", "✗": "☒", "": "☐"}


def field(instruction: str) -> str:
    """What an `EQ` field shows, on a line.

    Raises:
        UnwritableError: It cannot be written so, or is not understood.
    """
    text = re.sub(r"\\\*\s*(?:\"[^\"]*\"|\S+)", "", instruction.strip()[2:])
    tokens = _TOKEN.findall(text)
    line, rest = _sequence(tokens)
    if rest:
        raise UnwritableError
    return line.strip()


def _sequence(tokens: list[str]) -> tuple[str, list[str]]:
    """The text up to a separator or closing bracket that belongs to an outer equation."""
    text = ""
    while tokens and tokens[0] not in {")", ",", ";"}:
        first, *tokens = tokens
        if first == "(":
            inner, tokens = _sequence(tokens)
            if tokens[:1] != [")"]:
                raise UnwritableError
            text, tokens = f"{text}({inner})", tokens[1:]
        elif len(first) == 2 and first.startswith("\\") and not first[1].isalpha():
            text += first[1]
        elif first.startswith("\\"):
            one, tokens = _switch(first, tokens)
            text += one
        else:
            text += first.strip()
    return text, tokens


def _switch(name: str, tokens: list[str]) -> tuple[str, list[str]]:
    """One switch with its options and its arguments in brackets."""
    options = [name.lower()]
    while tokens and tokens[0] != "(":
        if not (_OPTION.fullmatch(tokens[0].strip()) or tokens[0].strip().isdecimal()
                or not tokens[0].strip()):  # fmt: skip
            raise UnwritableError
        options.append(tokens.pop(0).strip().lower())
    if not tokens:
        raise UnwritableError
    parts: list[str] = []
    while tokens[0] != ")":
        part, tokens = _sequence(tokens[1:])
        parts.append(with_brackets(part))
        if not tokens:
            raise UnwritableError
    return _shown(options, parts), tokens[1:]


def _shown(options: Iterable[str], parts: list[str]) -> str:
    switch, *others = options
    below = any(option.startswith(("\\do", "\\di")) for option in others)
    makers: dict[tuple[str, int], Callable[..., str]] = {
        ("\\f", 2): fraction,
        ("\\r", 1): lambda base: root("", base),
        ("\\r", 2): root,
        ("\\s", 1): lowered if below else raised,
        ("\\o", 2): _over,
        ("\\x", 1): str,
    }
    maker = makers.get((switch, len(parts)))
    if switch == "\\l":
        return ",".join(parts)
    if maker is None:
        raise UnwritableError
    return maker(*parts)


def _over(one: str, other: str) -> str:
    """Two things in one place: a circled figure, a ticked box, a word below its pronunciation."""
    if _PRONUNCIATION.fullmatch(one):
        return other
    if one in {"○", "〇", "◯"} and other.isdecimal() and 0 < int(other) <= 20:
        return chr(0x245F + int(other))
    if one in {"□", "☐"} and other in _BOXES:
        return _BOXES[other]
    raise UnwritableError
