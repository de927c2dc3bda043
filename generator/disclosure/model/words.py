"""Synonyms and themes of the search: `words.yml`, beside the departments.

The program brings such a file with it (`reading/words.yml`); a site's own adds to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from disclosure.model.fields import NonEmptyText, Record

_Words = Annotated[tuple[NonEmptyText, ...], Field(min_length=1)]


class Synonyms(Record):
    """Words that mean the same: where one of them is nowhere on the site, the others are tried."""

    words: Annotated[tuple[NonEmptyText, ...], Field(min_length=2)] = Field(
        title="说法",
        description="同一件事的不同说法，至少两个；搜索其中一个没有结果时，依次换成其他的再找。",
    )


class Theme(Record):
    """What people care about, and the words by which projects about it are known."""

    id: str = Field(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=40,
        title="主题标识",
        description="用在网址里：/themes/标识/，公开后不要改。与程序自带的相同时，词加在自带的后面。",
    )
    name: NonEmptyText = Field(title="主题名称", description="老百姓的说法，如 养老、看病。")
    words: _Words = Field(
        title="词",
        description="项目名称或三级指标名称里有其中一个词的项目，列在这个主题下。",
    )


class Words(Record):
    """Synonyms and themes."""

    schema_: Literal["words/1"] = Field(
        "words/1", alias="schema", title="文件类型", description="固定写 words/1。"
    )
    synonyms: tuple[Synonyms, ...] = Field(
        (), title="同义词", description="每项是同一件事的不同说法，排在程序自带的前面。"
    )
    themes: tuple[Theme, ...] = Field(
        (), title="主题", description="每项一个主题，加在程序自带的后面。"
    )

    def with_more(self, own: Words) -> Words:
        """These and a site's own: its synonyms first, its themes last.

        A theme that both have keeps its place, with the site's name for it and the words of both.
        """
        themes = {theme.id: theme for theme in self.themes}
        for theme in own.themes:
            before = themes.get(theme.id)
            words = _once([*(before.words if before else ()), *theme.words])
            themes[theme.id] = Theme(id=theme.id, name=theme.name, words=words)
        return Words(synonyms=(*own.synonyms, *self.synonyms), themes=tuple(themes.values()))


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
