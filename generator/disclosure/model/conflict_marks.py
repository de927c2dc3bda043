"""A first look for the marks that git leaves in a text; what they mean `reading.conflicts` says.

It stands apart from that, because git's hooks look at texts that they do not read.
"""

from __future__ import annotations


def may_have_conflict(text: str) -> bool:
    """Whether a text may have such marks: git writes seven of a kind, and nearly no text has."""
    return any(sign * 7 in text for sign in "<>=")
