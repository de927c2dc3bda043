"""Any text of one line is written so that it is read as the same text."""

from __future__ import annotations

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from disclosure.intake.drafts import yamltext

CHARACTERS = st.sampled_from("aN9年、≥𠮷·. -:#'\"&*?|>!%@`{}[],~=<\\_")


@given(st.text(CHARACTERS, max_size=9) | st.sampled_from(["null", "Null", "NULL", "---", "..."]))
@example("a: b").via("a mapping")
@example("a #b").via("a comment")
@example("a:").via("a mapping with nothing")
@example("年 ").via("white space at the end")
@example("=").via("a value by default")
def test_it_is_read_as_it_was(text: str) -> None:
    """Plain where YAML takes it as it stands, in quotes everywhere else."""
    line = f"- {yamltext.scalar(text)}\n"
    assert yaml.load(line, Loader=yaml.BaseLoader) == [text]  # noqa: S506 - BaseLoader makes no objects
    found = yaml.compose(line, Loader=yaml.SafeLoader)
    assert isinstance(found, yaml.SequenceNode)
    (item,) = found.value
    assert item.tag != "tag:yaml.org,2002:null"
