"""The synonyms and themes that the program brings with it."""

from __future__ import annotations

from functools import cache
from importlib import resources

from disclosure.model.dataset import WORDS_FILE
from disclosure.model.words import Words
from disclosure.reading.datafile import read_file
from disclosure.reading.discovery import FilePlace


@cache
def shipped_words() -> Words:
    """What `words.yml` beside this module says; it is read as a site's own file would be."""
    with resources.as_file(resources.files(__package__) / WORDS_FILE) as path:
        file = read_file(
            FilePlace(str(path), WORDS_FILE, "words/1", "", None, "words"), __package__
        )
    assert isinstance(file.record, Words), file.findings
    assert not file.findings, file.findings
    return file.record
