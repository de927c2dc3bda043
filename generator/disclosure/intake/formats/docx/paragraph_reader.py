"""The words of a paragraph of a Word document, apart from what the document does not show.

A change that nobody has accepted yet counts as accepted; what it deletes or moves away, what is
hidden, struck out or has the colour of its ground is given as texts of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree
from msgspec import Struct

from disclosure.intake.formats.docx import equations
from disclosure.intake.formats.docx.equations import UnwritableError
from disclosure.intake.formats.docx.line import Bits, ParagraphLine
from disclosure.intake.formats.docx.look import Look, RunStyles, Unseen, is_on
from disclosure.intake.formats.docx.numbering import Numbers
from disclosure.intake.formats.docx.second_reading import CHECK_BOX, CHOICE, DRAWN_FIELD, raw_symbol
from disclosure.intake.formats.docx.symbols import UNREADABLE, is_symbol_font, symbol
from disclosure.intake.formats.pieces import clean, is_private
from disclosure.model.whitespace import squeezed

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_VML = "{urn:schemas-microsoft-com:vml}"
_ALTERNATIVES = f"{_MC}AlternateContent"
_BOX = qn("w:txbxContent")
_MATH = {qn("m:oMath"), qn("m:oMathPara")}
_GONE = {qn("w:del"): Unseen.DELETED, qn("w:moveFrom"): Unseen.MOVED}
_BLANKS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n"}
_PROPERTIES = {qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:sdtEndPr"), qn("w:tblPr"),
               qn("w:p"), qn("w:tbl")}  # fmt: skip
_RAISED_BY = 4  # half points: more than what sets figures and letters in line
_FIGURES = re.compile(r"[0-9+−n-]+")
_SYMBOL_FIELD = re.compile(r"\s*SYMBOL\s+(0x[0-9A-Fa-f]+|[0-9]+)(?:.*?\\f\s*\"?([^\"\\]+)\"?)?")

#: What Word shows for a field that leads nowhere.
_ERROR = re.compile(r"\s*(?:错误|Error)\s*[!！].*")


class _Field(Struct):
    """A field: its instruction, whether its result has begun, and how much was shown before it."""

    instruction: str = ""
    result: bool = False
    shown: int = 0


class ParagraphReader:
    """Reads the paragraphs of one part of a document, one after the other.

    Attributes:
        read_texts: What was read of each paragraph of the part, as it stands in the file.
    """

    def __init__(self, root: etree._Element, styles: RunStyles, numbers: Numbers) -> None:
        """Number the paragraphs of a part."""
        self._styles, self._numbers = styles, numbers
        self._at = {each: at for at, each in enumerate(root.iter(qn("w:p")), 1)}
        self.read_texts: dict[int, Counter[str]] = {}
        self._now: Counter[str] = Counter()
        self._fields: list[_Field] = []
        self._line = ParagraphLine()
        self._bits = Bits()
        self._special = {
            qn("w:sym"): self._symbol,
            qn("w:fldChar"): self._field,
            qn("w:instrText"): self._instruction,
            qn("w:ruby"): self._ruby,
        }

    def line(self, paragraphs: list[etree._Element], why: Unseen | None = None) -> ParagraphLine:
        """What some paragraphs say that are one because the marks between them are gone.

        Args:
            paragraphs: They, in order.
            why: Why nothing of them is shown, if nothing is.
        """
        self._line, self._bits = ParagraphLine(), Bits()
        for each in paragraphs:
            self._now = self.read_texts.setdefault(self._at.get(each, 0), Counter())
            self._below(each, why)
        line = self._line
        line.unseen = self._bits.not_shown()
        line.text = self._bits.text()
        line.number = self._numbers.of(paragraphs[-1]) if why is None else None
        if line.number is not None:
            if UNREADABLE in line.number.text:
                line.remarks.append("有自动编号不能识别")
            line.text = f"{line.number.text} {line.text}" if line.number.text else line.text
        return line

    def ends_open(self, paragraph: etree._Element) -> bool:
        """Whether the mark at the end of a paragraph is gone, so that the next one goes on."""
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        if mark is None:
            return False
        gone = any(mark.find(tag) is not None for tag in _GONE)
        return gone or is_on(mark.find(qn("w:vanish")))

    def _take(self, raw: str) -> None:
        self._now.update(squeezed(clean(raw)))

    def _say(self, text: str, why: Unseen | None, shift: str = "") -> None:
        self._bits.add(text, why, shift)

    def _remark(self, remark: str) -> None:
        self._line.remarks.append(remark)

    def _below(self, element: etree._Element, why: Unseen | None) -> None:
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _PROPERTIES:
                self._element(child, why)

    def _element(self, element: etree._Element, why: Unseen | None) -> None:
        tag = element.tag
        if tag == qn("w:r"):
            self._run(element, why)
        elif tag in _GONE:
            self._below(element, why or _GONE[tag])
        elif tag in _MATH:
            self._equation(element, why)
        elif tag == qn("w:sdt"):
            self._below(element, why or prompt(element))
        elif tag == qn("w:fldSimple"):
            self._simple_field(element, why)
        elif tag == _ALTERNATIVES:
            for branch in chosen(element):
                self._below(branch, why)
        else:
            self._drawn(element, why)

    def _drawn(self, element: etree._Element, why: Unseen | None) -> None:
        """Text boxes and lettering within pictures, and whatever else holds runs."""
        if element.tag == _BOX:
            self._line.boxes.append((element, why))
            return
        if element.tag == f"{_VML}textpath":
            self._take(element.get("string", ""))
            self._say(element.get("string", ""), Unseen.WATERMARK)
        hidden = "visibility:hidden" in element.get("style", "").replace(" ", "")
        properties = element.iterchildren("{*}docPr")
        hidden = hidden or any(each.get("hidden") in {"1", "true"} for each in properties)
        self._below(element, why or (Unseen.HIDDEN if hidden else None))

    def _run(self, run: etree._Element, why: Unseen | None) -> None:
        look = self._styles.look(run)
        why = why or look.unseen()
        self._in_run(run, look, why)

    def _in_run(self, parent: etree._Element, look: Look, why: Unseen | None) -> None:
        for child in parent:
            tag = child.tag
            if tag in {qn("w:t"), qn("w:delText")}:
                gone = Unseen.DELETED if tag == qn("w:delText") else None
                self._text(child.text or "", look, why or gone or self._in_code())
            elif tag == qn("w:noBreakHyphen"):
                self._text("-", look, why)
            elif tag in _BLANKS:
                self._say(_BLANKS[tag], why)
            elif tag in self._special:
                self._special[tag](child, why)
            elif tag == _ALTERNATIVES:
                for branch in chosen(child):
                    self._in_run(branch, look, why)
            elif isinstance(tag, str) and tag not in _PROPERTIES:
                self._drawn(child, why)

    def _in_code(self) -> Unseen | None:
        return Unseen.CODE if any(not each.result for each in self._fields) else None

    def _text(self, text: str, look: Look, why: Unseen | None) -> None:
        self._take(text)
        text = "".join(self._known(look.font(char), char, why) for char in text)
        self._say(text.upper() if look.is_capital() else text, why, _shift(look, text))

    def _known(self, font: str, char: str, why: Unseen | None) -> str:
        if char.isspace() or not (is_symbol_font(font) or is_private(char)):
            return char
        return self._named(font, ord(char), why)

    def _named(self, font: str, code: int, why: Unseen | None) -> str:
        """The character of a symbol; what is not known is named."""
        char = symbol(font, code)
        if char == UNREADABLE and why is None:
            self._remark(f"有不能识别的符号（字体“{font or '未注明'}”，代码 {code:04X}）")
        return char

    def _symbol(self, element: etree._Element, why: Unseen | None) -> None:
        code = element.get(qn("w:char"), "")
        self._take(raw_symbol(code))
        known = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
        font = element.get(qn("w:font"), "")
        self._say(self._named(font, known, why), why or self._in_code())

    def _ruby(self, element: etree._Element, why: Unseen | None) -> None:
        """The text below a pronunciation; anything else above it is named."""
        for inner in element.iterchildren(qn("w:rt")):
            text = "".join(each.text or "" for each in inner.iter(qn("w:t")))
            self._take(text)
            if not _is_pronunciation(text):
                self._say(text, Unseen.GUIDE)
        for inner in element.iterchildren(qn("w:rubyBase")):
            self._below(inner, why)

    def _field(self, mark: etree._Element, why: Unseen | None) -> None:
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin":
            self._form_field(mark, why)
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].result, self._fields[-1].shown = True, len(self._bits.shown)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            result = "".join(text for _, text in self._bits.shown[ended.shown :])
            if ended.result and (error := _ERROR.match(result)):
                self._remark(f"有 Word 没有找到内容的域“{error[0]}”")
            if DRAWN_FIELD.match(ended.instruction):
                self._take(ended.instruction)
                if not ended.result or not result.strip():
                    self._draw(ended.instruction, why or self._in_code())

    def _simple_field(self, element: etree._Element, why: Unseen | None) -> None:
        instruction = element.get(qn("w:instr"), "")
        if DRAWN_FIELD.match(instruction):
            self._take(instruction)
            if not len(element):
                self._draw(instruction, why)
        self._below(element, why)

    def _instruction(self, element: etree._Element, _: Unseen | None) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _form_field(self, mark: etree._Element, why: Unseen | None) -> None:
        """A box to tick, or a list to choose from, of the old kind."""
        box = mark.find(f"{qn('w:ffData')}/{qn('w:checkBox')}")
        if box is not None:
            self._take(CHECK_BOX)
            ticked = next((each for name in ("w:checked", "w:default")
                           if (each := box.find(qn(name))) is not None), None)  # fmt: skip
            self._say("☑" if is_on(ticked) else "☐", why)
        choices = mark.find(f"{qn('w:ffData')}/{qn('w:ddList')}")
        if choices is not None:
            self._take(CHOICE)
            entries = [each.get(qn("w:val"), "") for each in choices.iter(qn("w:listEntry"))]
            at = next((each.get(qn("w:val"), "0") for name in ("w:result", "w:default")
                       if (each := choices.find(qn(name))) is not None), "0")  # fmt: skip
            known = at.isdecimal() and int(at) < len(entries)
            self._say(entries[int(at)] if known else "", why)

    def _draw(self, instruction: str, why: Unseen | None) -> None:
        """What a field shows that draws an equation or a symbol."""
        if found := _SYMBOL_FIELD.match(instruction):
            code = int(found[1], 0)
            self._say(self._named((found[2] or "").strip(), code, why), why)
            return
        try:
            self._say(equations.field(instruction), why)
        except UnwritableError:
            self._unwritable(instruction, why)

    def _unwritable(self, text: str, why: Unseen | None) -> None:
        self._say(UNREADABLE, why)
        self._say(text, why or Unseen.ROWS)
        self._remark("有不能写成一行的公式")

    def _equation(self, element: etree._Element, why: Unseen | None) -> None:
        for each in element.iter(qn("m:oMath")):
            before = Counter(self._now), len(self._bits.unseen)
            try:
                self._say(equations.on_a_line(each, lambda part: self._operand(part, why)), why)
            except UnwritableError:
                self._now.clear()
                self._now.update(before[0])
                del self._bits.unseen[before[1] :]
                inner = " ".join(one.text or "" for one in each.iter(qn("m:t"), qn("w:t")))
                self._take(inner)
                self._unwritable(inner, why)
            if element.tag == qn("m:oMathPara"):
                self._say("\n", why)

    def _operand(self, element: etree._Element, why: Unseen | None) -> str:
        """A run within an equation, or a change of some; what is not shown is set apart."""
        if element.tag in {qn("m:r"), qn("w:r")}:
            kept, self._bits = self._bits, Bits()
            look = self._styles.look(element)
            for each in element.iter(qn("m:t"), qn("w:t")):
                self._text(each.text or "", look, look.unseen())
            text, self._bits, unseen = self._bits.text(), kept, self._bits.unseen
            self._bits.unseen += unseen
            return text
        if element.tag in _PROPERTIES:
            return ""
        parts = (self._operand(each, why) for each in element if isinstance(each.tag, str))
        text = "".join(parts)
        if element.tag in _GONE:
            self._say(text, _GONE[element.tag])
            return ""
        return text


def _shift(look: Look, text: str) -> str:
    """Whether a run is raised or lowered, by its kind or, with figures, by its position."""
    shift = look.shift()
    if shift in {"superscript", "subscript"}:
        return shift
    if _FIGURES.fullmatch(text) and abs(look.position()) >= _RAISED_BY:
        return "superscript" if look.position() > 0 else "subscript"
    return ""


def _is_pronunciation(text: str) -> bool:
    """Whether letters alone stand above a word, as pinyin, zhuyin or kana do."""
    return all(
        char.isspace() or char in "ˊˇˋ˙·'’" or (char.isalpha() and not "\u3400" <= char <= "\u9fff")
        for char in text
    )


def prompt(control: etree._Element) -> Unseen | None:
    """Why a content control shows nothing of its own: nobody has filled it in."""
    showing = control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}")
    return Unseen.PROMPT if is_on(showing) else None


def chosen(alternatives: etree._Element) -> Iterator[etree._Element]:
    """The branch of alternative content that Word shows."""
    for choice in alternatives.iterchildren(f"{_MC}Choice"):
        required = choice.get("Requires", "").split()
        if all((choice.nsmap.get(each) or "").startswith(_KNOWN) for each in required):
            yield choice
            return
    yield from alternatives.iterchildren(f"{_MC}Fallback")
