"""What a document without targets says of them: where they are, or that there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from disclosure.intake.formats.pieces import Document
from disclosure.model.whitespace import squeezed

_ABOUT = re.compile(r"绩效.{0,12}(?:目标|指标|自评|评价)|目标表|自评表")
_ELSEWHERE = re.compile(
    r"(?:(?<!意)见|查阅|查看).{0,40}(?:表|附件|附表|文件|公开|网站|平台|链接|专栏|网址|册)"
    r"|(?:另行|单独|另外|分别|同步|已在?|统一|将).{0,12}(?:公开|公布|公示)"
    r"|(?:附后|另附|附表|附件)"
)
_NONE = re.compile(
    r"(?:没有|无|未|不)(?:安排|编制|设定|设置|涉及|申报|开展|实行)?.{0,12}(?:绩效|项目|预算).{0,8}"
    r"|(?:不涉及|无需公开|不需公开|暂未公开|不予公开|此表为空|空表)"
)
_SENTENCES = re.compile(r"(?<=[。；;！])")
_MAX_SAID = 80


class SaidOfTargets(Struct, frozen=True):
    """A sentence about targets.

    Attributes:
        sentence: The sentence as printed, white space apart.
        page: Its page, 0 where the format knows none.
        place: Where it stands.
    """

    sentence: str
    page: int
    place: str


def said(document: Document) -> SaidOfTargets | None:
    """The first sentence that says where the targets are, or else that there are none."""
    every = [*_sentences(document)]
    for pattern in (_ELSEWHERE, _NONE):
        for one in every:
            if pattern.search(one.sentence):
                return one
    return None


def _sentences(document: Document) -> Iterator[SaidOfTargets]:
    """The sentences about targets; a heading without an end is none of the next one."""
    for text in document.texts():
        for sentence in _SENTENCES.split(squeezed(text.text)):
            if len(sentence) > 6 and _ABOUT.search(sentence):
                yield SaidOfTargets(_short(sentence), text.page, text.place)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _MAX_SAID else f"{sentence[:_MAX_SAID]}……"
