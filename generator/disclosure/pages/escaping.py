"""Texts from data are hostile until they have passed through `escape`; here is the only place."""

from __future__ import annotations

import re
import string

from markupsafe import Markup

# Every ASCII punctuation mark means something to HTML, to Markdown or to one of its
# extensions somewhere; as character references they mean only themselves. A line break is
# written the same way, because a real one would end the HTML block it stands in.
ENTITIES = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation + "\n"}
_MEANS_SOMETHING = re.compile(f"[{re.escape(string.punctuation)}\n]")


def escape(value: object) -> Markup:
    """Make a value harmless in HTML, in attributes, in Markdown and in titles alike.

    What the templates themselves produced (`Markup`) is left alone.
    """
    return Markup(escaped(value))  # noqa: S704 - that is where it becomes harmless


def escaped(value: object) -> str:
    """The same for a text that is written at once, and need not be known as harmless."""
    if type(value) is str:
        text = value
    elif type(value) is Markup:
        return value
    elif hasattr(value, "__html__"):
        return str(value.__html__())
    else:
        text = str(value)
    if _MEANS_SOMETHING.search(text):  # most Chinese text holds none of it
        return text.translate(ENTITIES)
    return text
