"""What every file of the open data says of itself: what it is, where it is from, how to use it."""

from __future__ import annotations

from msgspec import Struct


class About(Struct, frozen=True):
    """What a file says of itself.

    Attributes:
        title: What it holds, such as 预算绩效目标公开：2024年开放数据.
        address: Where the page stands that offers or shows the same.
        schema: Where the JSON Schema stands.
        licence: How it may be used, in words.
        licence_address: Where that is written.
        citation: How it is cited.
        day: The newest date in the data, ISO; "" where it has none.
    """

    title: str
    address: str
    schema: str
    licence: str
    licence_address: str
    citation: str
    day: str = ""
