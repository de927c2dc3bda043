"""One data file: its tree, its value, and what was found in it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from disclosure.forms.files import File
from disclosure.model.dataset import PublishedDocument
from disclosure.model.diagnostics import Diagnostic, Rule, Severity, Span, has_errors
from disclosure.reading import rules, tree
from disclosure.reading.conflicts import conflicts
from disclosure.reading.discovery import FilePlace
from disclosure.reading.foreign import table
from disclosure.reading.scalars import MAX_FINDINGS, parse
from disclosure.reading.source import SourceText, hidden_characters, load
from disclosure.reading.syntax import colons
from disclosure.reading.tree import Scalar
from disclosure.reading.validation import validated

_COLONS = {rules.FULL_WIDTH_COLON.code, rules.NO_COLON.code}


class DataFile(Struct):
    """A file of the data folder.

    Attributes:
        place: Where it stands.
        path: As findings name it.
        source: Its text, or None when it has none.
        root: What it holds, or None when that cannot be read.
        record: The model's value, or None when it is not one.
        document: What it is, if it is a document.
        findings: Everything found in it so far.
        full: Whether there are so many findings that no more are taken.
    """

    place: FilePlace
    path: str
    source: SourceText | None = None
    root: tree.Mapping | None = None
    record: File | None = None
    document: PublishedDocument | None = None
    findings: list[Diagnostic] = field(default_factory=list)
    full: bool = False

    @property
    def usable(self) -> bool:
        """Whether it can go into the dataset."""
        return (self.record or self.document) is not None and not has_errors(self.findings)

    def scalars(self, *path: str | int) -> Iterator[Scalar]:
        """What the file says under a path (`*`: each item), but for lines already found wrong."""
        if self.root is None or self.source is None:
            return
        wrong = _error_lines(self.findings)
        for found in tree.texts(self.root, *path):
            if self.full:
                return
            if not wrong or self.source.line_of(found.start) + 1 not in wrong:
                yield found

    def key(self, name: str) -> Scalar | None:
        """Where a field of the file begins, if it says something."""
        if self.root is None or name not in self.root.entries:
            return None
        key, value = self.root.entries[name]
        return None if isinstance(value, Scalar) and value.text is None else key

    def text(self, *path: str | int) -> str | None:
        """The same for a single value, as text."""
        return next((found.text for found in self.scalars(*path)), None)

    def report(self, rule: Rule, at: Scalar | None, message: str, hint: str) -> None:
        """Note a finding at a value, or about the file as a whole."""
        span = self.source.span(at.start, at.end) if self.source and at else Span(self.path)
        self.take(rule.at(span, message, hint))

    def take(self, finding: Diagnostic) -> None:
        """Note a finding, unless there are too many already."""
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(finding)
        elif not self.full:
            self.full = True
            message = f"这个文件的问题超过 {MAX_FINDINGS} 处，其余的没有列出。"
            hint = "请先改正列出的问题，再检查一次。"
            self.findings.append(rules.TOO_MANY.at(Span(self.path), message, hint))


def read_file(place: FilePlace, folder: str) -> DataFile:
    """Read one file of the data folder that findings name `folder`."""
    file = DataFile(place, f"{folder}/{place.path}")
    source = load(place.file, file.path)
    if isinstance(source, Diagnostic):
        file.findings.append(source)
        return file
    file.source = source
    for finding in _findings(file, source):
        file.take(finding)
        if file.full:
            break
    # Lines that run together for want of a colon are no folded text.
    colonless = {x.span.line for x in file.findings if x.code in _COLONS}
    file.findings = [
        x for x in file.findings if x.code != rules.FOLDED.code or x.span.line not in colonless
    ]
    return file


def _findings(file: DataFile, source: SourceText) -> Iterator[Diagnostic]:
    """What is wrong in the file, from its characters to its fields; sets `root` and `record`."""
    unfinished = [*conflicts(source, is_data=True)]
    if a_table := table(source.text, file.path):
        unfinished.append(a_table)
    if unfinished:  # whatever else was found in it would only hide this
        yield from unfinished
        return
    characters = []
    for finding in hidden_characters(source):
        characters.append(finding)
        yield finding
    root, written = parse(source)
    wrong = _error_lines(characters)
    for finding in written:
        if finding.span.line not in wrong or finding.severity is not Severity.ERROR:
            yield finding
    wrong |= _error_lines(written)
    if isinstance(root, tree.Mapping):
        file.root = root
        file.record, shaped = validated(source, root, file.place.kind, file.place.id)
        yield from (finding for finding in shaped if finding.span.line not in wrong)
    elif not wrong:
        yield from _no_mapping(source, root)


def _no_mapping(source: SourceText, root: tree.Node | None) -> Iterator[Diagnostic]:
    """A file that holds nothing, or a list, or mere text."""
    hint = "请写成几行“栏目: 内容”，第一行写 schema。可以从同类文件复制一份来改。"
    if root is None or (isinstance(root, Scalar) and root.text is None):
        yield rules.EMPTY_FILE.at(Span(source.path), "文件里没有内容。", hint)
        return
    wrong_colons = list(colons(source, root.start, root.end)) if isinstance(root, Scalar) else []
    yield from wrong_colons
    if not wrong_colons:
        span = source.span(root.start, root.end)
        yield rules.NO_MAPPING.at(span, "文件应由几行“栏目: 内容”组成。", hint)


def _error_lines(findings: list[Diagnostic]) -> set[int]:
    """The lines with an error: what is read from them is not judged further."""
    return {finding.span.line for finding in findings if finding.severity is Severity.ERROR}
