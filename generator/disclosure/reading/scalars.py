"""A file's text as a tree, over libyaml's events; everything in it stays text.

Nothing is constructed: `0132`, `150.00`, `12:30`, `NO` and `=` are what they say. What
YAML can do beyond plain data is refused with a place, and so is what it would lose silently.
"""

from __future__ import annotations

import re
import unicodedata

import yaml
from msgspec import Struct, field

from disclosure.model.diagnostics import Diagnostic, Rule
from disclosure.reading import rules
from disclosure.reading.quoting import quote
from disclosure.reading.source import STAND_IN, SourceText, hidden, is_hidden, without_hidden
from disclosure.reading.syntax import explain
from disclosure.reading.tree import Mapping, Node, Refused, Scalar, Sequence

MAX_DEPTH = 20
MAX_FINDINGS = 50
MAX_REPAIRS = 20

_ABSENT = {"", "~", "null"}
_COUNTED_BLOCK = re.compile(r"[|>][+-]*[0-9]+")
_GLUED_COMMENT = re.compile(r"[ \t]+#(?=[^\s#])")
_THOUSANDS = re.compile(r"[0-9]{3}(?:\.[0-9]+)?(?:万?元)?")
_BEFORE_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:, ?[0-9]{3})*, ?\Z")
_AMOUNT = re.compile(r"[0-9]{1,3}(?:, ?[0-9]{3})+(?:\.[0-9]+)?")
_LINE_BREAK = re.compile(r"(\S)[ \t]*(?:\r\n|\r|\n)[ \t]*(\S)")
_ESCAPE = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|(.))", re.DOTALL)
_HIDDEN_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class _Frame(Struct):
    """A mapping or sequence that is being read, and the key whose value comes next."""

    node: Mapping | Sequence
    key: Scalar | Refused | None = None


class _TreeBuilder(Struct):
    """Puts the events of one file together.

    Attributes:
        text: The source's text, made readable.
        displaced: Whether a line stands on another level than it looks.
    """

    source: SourceText
    text: str
    root: Node | None = None
    stack: list[_Frame] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    documents: int = 0
    displaced: bool = False

    def take(self, event: yaml.Event) -> bool:
        """Add one event; False when nothing after it can be read."""
        if isinstance(event, yaml.ScalarEvent):
            if event.anchor or event.tag:
                self.decorations(event)
            self.add(self.scalar(event))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            return self.open(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.add(self.stack.pop().node)
        elif isinstance(event, yaml.AliasEvent):
            self.alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            return self.document(event)
        return len(self.findings) <= MAX_FINDINGS

    def open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        """Begin a mapping or sequence; False when it would be too deep."""
        start, _ = _extent(event)
        if event.anchor or event.tag:
            self.decorations(event)
        if len(self.stack) == MAX_DEPTH:
            message = f"内容的层次超过 {MAX_DEPTH} 层，后面没有读取。"
            hint = "数据文件最多只需要四层。请检查这里的缩进和括号。"
            self.report(rules.TOO_DEEP, start, start + 1, message, hint)
            return False
        mapping = isinstance(event, yaml.MappingStartEvent)
        self.stack.append(_Frame(Mapping(start) if mapping else Sequence(start)))
        return True

    def add(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self.stack:
            self.root = node
            return
        frame = self.stack[-1]
        if isinstance(frame.node, Sequence):
            frame.node.items.append(node)
        elif frame.key is None:
            frame.key = self.key(node)
        else:
            if isinstance(frame.key, Scalar):
                self.entry(frame.node, frame.key, node)
            frame.key = None

    def key(self, node: Node) -> Scalar | Refused:
        """The node as a key, or Refused when no field has such a name."""
        if isinstance(node, Refused):
            return node
        if not isinstance(node, Scalar) or node.end <= node.start:
            hint = "每一行都应写成“栏目: 内容”，冒号前面是栏目名称。"
            self.report(rules.NO_KEY, node.start, node.end, "冒号前面没有栏目名称。", hint)
            return Refused(node.start, node.end)
        text = self.text[node.start : node.end] if node.text is None else node.text
        if text[0] in "\u3000\xa0":
            width = len(text) - len(text.lstrip("\u3000\xa0"))
            message = "这一行用全角空格缩进。"
            self.report(
                rules.FULL_WIDTH_SPACE,
                node.start,
                node.start + width,
                message,
                "请把全角空格换成半角空格，并与同级的栏目对齐。",
            )
            self.displaced = True  # fmt: skip
        name = text.replace(STAND_IN, "").strip()
        return node if name == node.text else Scalar(name, node.start, node.end)

    def entry(self, mapping: Mapping, key: Scalar, value: Node) -> None:
        """Put a named value into its mapping; the first of two with one name stays."""
        name = key.text or ""
        if isinstance(value, Scalar) and value.start == value.end:
            if _THOUSANDS.fullmatch(name) and self.split_amount(key):
                return
            if re.search("[:：]", name):
                name, value = self.unseparated(key)
        if name not in mapping.entries:
            mapping.entries[name] = (key, value)
            return
        line = self.source.line_of(mapping.entries[name][0].start) + 1
        message = f"栏目{quote(name)}重复了，第 {line} 行已经写过。"
        hint = "同一栏目只能写一次。请删去一处，或改成正确的栏目名称。"
        self.report(rules.DUPLICATE_KEY, key.start, key.end, message, hint)

    def split_amount(self, key: Scalar) -> bool:
        """Whether `key` is what follows the comma of an amount in braces: {total: 1,200.00}.

        To YAML that is `total: 1` and a field `200.00` without a value.
        """
        begin = self.source.start_of(self.source.line_of(key.start))
        before = _BEFORE_THOUSANDS.search(self.text, begin, key.start)
        if before is None or before.end() != key.start:
            return False
        amount = _AMOUNT.match(self.text, before.start())
        assert amount is not None  # at least both parts of it
        if amount.end() > key.end:
            return True  # it is told at the last part
        written = amount.group()
        message = f"{quote(written)}里的逗号在括号中会把它分成几项。"
        hint = f"请去掉千位逗号，写成 {re.sub('[, ]', '', written)}。"
        self.report(rules.MONEY, before.start(), amount.end(), message, hint)
        return True

    def unseparated(self, key: Scalar) -> tuple[str, Refused]:
        """A key that holds its value too, because no colon and space part them."""
        name, colon, _ = re.split("([:：])", key.text or "", maxsplit=1)
        at = self.text.index(colon, key.start)
        if colon == "：":
            hint = "请改成半角冒号，并在后面加一个空格，如 total: 150.00。"
            self.report(rules.FULL_WIDTH_COLON, at, at + 1, "这里用了全角冒号“：”。", hint)
        else:
            hint = "请在冒号后加一个空格，如 total: 150.00。"
            self.report(rules.NO_COLON, at, at + 1, "冒号后面缺少半角空格。", hint)
        return name.strip(), Refused(key.start, key.end)

    def scalar(self, event: yaml.ScalarEvent) -> Scalar | Refused:
        """The text of a scalar event, checked for everything YAML would lose in silence."""
        start, end = _extent(event)
        value: str = event.value
        if event.style in {"|", ">"}:
            return self.block(event, start, end)
        # A plain scalar on one line is as long as it is written: nothing can be hidden in it.
        if end - start > len(value):
            self.written(event, start, end)
        if "\t" in value and (at := self.text.find("\t", start, end)) >= 0:
            self.findings.append(hidden(self.source, at, at + 1, "\t"))
        if event.style == "":
            if comment := _GLUED_COMMENT.match(self.text, end):
                self.comment(comment.end() - 1)
            if value in _ABSENT:
                return Scalar(None, start, end)
        if not value or value.isspace():
            message = "引号里没有内容。" if event.style else "这里只有空格，没有内容。"
            self.report(rules.BLANK, start, end, message, "请填写内容；可以不填的栏目写 ~。")
            return Refused(start, end)
        return Scalar(value, start, end)

    def written(self, event: yaml.ScalarEvent, start: int, end: int) -> None:
        """What a quoted or folded scalar is written with."""
        written = self.text[start:end]
        if "\n" in written or "\r" in written:
            self.folded(start, end)
        if event.style == '"' and "\\" in written:
            self.escapes(start, end)

    def block(self, event: yaml.ScalarEvent, start: int, end: int) -> Scalar | Refused:
        """A `|` or `>` scalar. Its last line breaks end the block and are no part of the text."""
        sign = self.text[start]
        if counted := _COUNTED_BLOCK.match(self.text, start):
            message = f"{quote(counted.group())}会被当作段落记号，这里的内容会丢失。"
            hint = f'如果 {counted.group()} 是内容，请加英文引号，写成 "{counted.group()}"。'
            self.report(rules.LOST_BLOCK, start, counted.end(), message, hint)
            return Refused(start, counted.end())
        value = event.value.strip("\r\n")
        if not value or value.isspace():
            message = f"“{sign}”后面没有内容。"
            hint = f'如果 {sign} 是内容，请加英文引号，写成 "{sign}"；'
            hint += "如果后面是一段文字，请另起一行并缩进两格。"
            self.report(rules.LOST_BLOCK, start, start + 1, message, hint)
            return Refused(start, start + 1)
        if sign == ">":
            self.folded(self.text.find("\n", start) + 1, end)
        if "\t" in value:
            at = self.text.find("\t", start, end)
            self.findings.append(hidden(self.source, at, at + 1, "\t"))
        return Scalar(value, start, end)

    def folded(self, start: int, end: int) -> None:
        """Warn where joining lines puts a space beside a Chinese character."""
        for joint in _LINE_BREAK.finditer(self.text, start, end):
            if any(unicodedata.east_asian_width(side) in "WF" for side in joint.groups()):
                message = "文字在这里折行，公开时两行之间会多出一个空格。"
                hint = "请把文字写在同一行；需要保留换行时，在冒号后写 |，文字另起一行并缩进。"
                at = joint.start()
                self.report(rules.FOLDED, at, at + 1, message, hint)
                return

    def comment(self, at: int) -> None:
        """Warn that a `#` glued to what follows it may have been meant as text."""
        line = self.source.line_of(at)
        end = self.source.end_of(line)
        lost = quote(self.text[at:end])
        message = f"{lost}会被当作备注，不会公开。"
        hint = "如果它是内容，请给整个内容加英文引号；如果它是备注，请在 # 后面加一个空格。"
        self.report(rules.LOST_COMMENT, at, end, message, hint)

    def escapes(self, start: int, end: int) -> None:
        """Refuse escapes for characters that may not be written out either."""
        for escape in _ESCAPE.finditer(self.text, start, end):
            *codes, letter = escape.groups()
            code = next(filter(None, codes), None)
            char = chr(int(code, 16)) if code else _HIDDEN_ESCAPES.get(letter, "")
            if char == "\t" or (char and is_hidden(char)) or char == "\r":
                finding = hidden(self.source, escape.start(), escape.end(), char)
                self.findings.append(finding)

    def decorations(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Refuse anchors and tags."""
        start, _ = _extent(event)
        written = re.match(r"\S*", self.text[start : start + 80])
        end = start + len(written.group()) if written else start
        if event.anchor is not None:
            self.anchor(start, end)
        if event.tag is not None:
            message = "“!”开头的写法是标签，数据文件里不能用。"
            hint = "请删去它；如果 ! 是内容的一部分，请给整个内容加英文引号。"
            self.report(rules.TAG, start, end, message, hint)

    def alias(self, event: yaml.AliasEvent) -> None:
        """Refuse an alias, and say nothing more about its place."""
        start, end = _extent(event)
        self.anchor(start, end)
        self.add(Refused(start, end))

    def anchor(self, start: int, end: int) -> None:
        """Refuse an anchor or alias."""
        message = "“&”或“*”开头的写法是引用，数据文件里不能用。"
        hint = "请把内容直接写在这里；如果 & 或 * 是内容的一部分，请给整个内容加英文引号。"
        self.report(rules.ANCHOR, start, end, message, hint)

    def document(self, event: yaml.DocumentStartEvent) -> bool:
        """Refuse a second document."""
        self.documents += 1
        if self.documents == 1:
            return True
        start, end = _extent(event)
        message = "这里开始了第二份内容，后面没有读取。"
        hint = "一个文件只放一份内容。请删去这一行的 ---，或把后面的内容移到另一个文件。"
        self.report(rules.SEVERAL_DOCUMENTS, start, end, message, hint)
        return False

    def report(self, rule: Rule, start: int, end: int, message: str, hint: str) -> None:
        """Note a finding."""
        self.findings.append(rule.at(self.source.span(start, end), message, hint))


def parse(source: SourceText) -> tuple[Node | None, list[Diagnostic]]:
    """The tree of a file and everything found on the way; None when it cannot be read.

    A mistake in a single line is made good in memory and reading goes on, so that one such
    mistake does not hide the next.
    """
    text = without_hidden(source.text)
    broken: list[Diagnostic] = []
    while True:
        builder = _TreeBuilder(source, text)
        error = _read(builder)
        if error is None:
            root = None if builder.displaced else builder.root
            return root, [*broken, *builder.findings]
        mistake = explain(source, text, error)
        broken.append(mistake.finding)
        if mistake.repaired is None or len(broken) == MAX_REPAIRS:
            return None, [*broken, *builder.findings]
        text = mistake.repaired


def _read(builder: _TreeBuilder) -> yaml.MarkedYAMLError | None:
    """Send all events to the builder; the error that stopped it, if one did."""
    try:
        for event in yaml.parse(builder.text, Loader=yaml.CSafeLoader):
            if not builder.take(event):
                builder.root = None
                return None
    except yaml.MarkedYAMLError as error:
        return error
    return None


def _extent(event: yaml.Event) -> tuple[int, int]:
    """Where an event begins and ends; libyaml marks every event."""
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)
