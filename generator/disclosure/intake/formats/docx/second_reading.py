"""A second reading of a Word document, which knows nothing of its structure.

It goes through the XML as a stream, with another parser than the reader's, and notes every
character that stands in any element that can show one, by part and paragraph. What the reader did
not take is lost, and what it took twice would be published twice; both are named.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from msgspec import Struct, field

from disclosure.intake.formats.pieces import clean
from disclosure.model.whitespace import squeezed

#: Stand for what shows something without holding its characters.
CHECK_BOX, CHOICE = "□", "▽"
#: Fields whose instruction holds what they show.
DRAWN_FIELD = re.compile(r"\s*(?:EQ|SYMBOL)\b", re.IGNORECASE)
#: Parts that show nothing, and those that `embedded` names.
_SILENT = re.compile(
    r"word/(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering|people"
    r"|comments(?:Extended|Ids|Extensible)|documenttasks)\w*\.xml"
    r"|word/(?:theme|glossary|charts|diagrams|embeddings|media|activeX|customizations)/.*"
)
_BRANCHES = {"Choice", "Fallback"}

#: What stands in each paragraph of a part, counted from 1; 0 is outside all of them.
Paragraphs = dict[int, str]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")


def raw_symbol(code: str) -> str:
    """The character of a symbol's code as it stands in the file."""
    try:
        return chr(int(code, 16)) if int(code, 16) > 0x20 else ""
    except (ValueError, OverflowError):
        return ""


def _drawn(instruction: str) -> str:
    """The instruction of a field, if it holds what the field shows."""
    return instruction if DRAWN_FIELD.match(instruction) else ""


#: What each element holds that can show characters, by its name in whatever namespace.
_SHOWN: Mapping[str, Callable[[Element], str]] = {
    "t": lambda element: element.text or "",
    "delText": lambda element: element.text or "",
    "sym": lambda element: raw_symbol(_attribute(element, "char")),
    "noBreakHyphen": lambda _: "-",
    "checkBox": lambda _: CHECK_BOX,
    "ddList": lambda _: CHOICE,
    "fldSimple": lambda element: _drawn(_attribute(element, "instr")),
    "textpath": lambda element: element.get("string", ""),
}


class _Reading(Struct):
    """A part that is being read.

    Attributes:
        paragraphs: What was found so far; one level for each branch of alternative content.
        branches: The branches that were read, for each alternative content.
        open: The paragraphs around the place.
        fields: The instructions of the fields around the place.
        count: How many paragraphs there were.
    """

    paragraphs: list[Paragraphs] = field(default_factory=lambda: [{}])
    branches: list[list[Paragraphs]] = field(default_factory=list)
    open: list[int] = field(default_factory=lambda: [0])
    fields: list[str] = field(default_factory=list)
    count: int = 0

    def note(self, text: str) -> None:
        """Note what stands at this place."""
        found = self.paragraphs[-1]
        found[self.open[-1]] = found.get(self.open[-1], "") + squeezed(clean(text))

    def begin(self, name: str) -> None:
        """Enter an element."""
        if name == "p":
            self.count += 1
            self.open.append(self.count)
        elif name == "AlternateContent":
            self.branches.append([])
        elif name in _BRANCHES and self.branches:
            self.paragraphs.append({})

    def end(self, name: str, element: Element) -> None:
        """Leave an element, and note what it shows."""
        if name in _SHOWN:
            self.note(_SHOWN[name](element))
        elif name == "fldChar":
            self._field(_attribute(element, "fldCharType"))
        elif name == "instrText" and self.fields:
            self.fields[-1] += element.text or ""
        elif name == "p":
            self.open.pop()
            element.clear()
        elif name in _BRANCHES and self.branches:
            self.branches[-1].append(self.paragraphs.pop())
        elif name == "AlternateContent":
            self._choose(self.branches.pop())

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.note(_drawn(self.fields.pop()))

    def _choose(self, branches: list[Paragraphs]) -> None:
        """Take the fullest branch, and of the others what it lacks."""
        fullest = max(branches, key=lambda each: len(_all(each)), default={})
        for number, text in fullest.items():
            self.paragraphs[-1][number] = self.paragraphs[-1].get(number, "") + text
        for other in branches:
            if other is not fullest:
                self.note(_only(_all(other), Counter(_all(fullest))))


def parts(file: Path) -> Iterator[tuple[str, Paragraphs]]:
    """The parts of a document that can show text, and what stands in each."""
    with zipfile.ZipFile(file) as package:
        for name in sorted(package.namelist()):
            if name.startswith("word/") and name.endswith(".xml") and not _SILENT.fullmatch(name):
                with package.open(name) as stream:
                    yield name, _read(stream)


def lost(there: Paragraphs, read_texts: Mapping[int, Counter[str]]) -> Iterator[tuple[int, str]]:
    """What stands in a part and was not taken, by paragraph."""
    for number, text in there.items():
        if missing := _only(text, read_texts.get(number, Counter())):
            yield number, missing


def surplus(there: Paragraphs, read_texts: Mapping[int, Counter[str]]) -> int:
    """How many characters were taken that do not stand in a part."""
    return sum(
        (found - Counter(there.get(number, ""))).total() for number, found in read_texts.items()
    )


def _read(stream: IO[bytes]) -> Paragraphs:
    reading = _Reading()
    for event, element in ElementTree.iterparse(stream, events=("start", "end"), forbid_dtd=True):
        space, _, name = element.tag.rpartition("}")
        if name == "p" and "wordprocessingml" not in space:
            continue  # a paragraph of a drawing, within one of the document
        if event == "start":
            reading.begin(name)
        else:
            reading.end(name, element)
    return reading.paragraphs[0]


def _all(paragraphs: Paragraphs) -> str:
    return "".join(paragraphs.values())


def _only(text: str, others: Counter[str]) -> str:
    """The characters of a text that are not among others."""
    left = Counter(others)
    found = ""
    for char in text:
        if left[char]:
            left[char] -= 1
        else:
            found += char
    return found
