"""What a YAML file holds, as text: scalars, mappings and sequences that know their place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field


class Scalar(Struct):
    """One value or key.

    Attributes:
        text: What it says, or None where nothing is written (empty, `~`, `null`).
        start: The index of its first character in the file's text.
        end: The index after its last character.
    """

    text: str | None
    start: int
    end: int


class Refused(Struct):
    """Something that was found wrong already; nothing more is to be said about it."""

    start: int
    end: int


class Mapping(Struct):
    """Named values, each with its key."""

    start: int
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """For findings about the mapping as a whole: the end of its first key."""
        for key, _ in self.entries.values():
            return max(key.end, self.start + 1)
        return self.start + 1


class Sequence(Struct):
    """Values in a row."""

    start: int
    items: list[Node] = field(default_factory=list)

    @property
    def end(self) -> int:
        """For findings about the sequence as a whole: after its first character."""
        return self.start + 1


Node = Scalar | Refused | Mapping | Sequence


def find(node: Node, *path: str | int) -> Node | None:
    """What stands in `node` under these names and 0-based positions, or None."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            node = node.entries[step][1]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        else:
            return None
    return node


def keys(node: Node, *path: str | int) -> list[Scalar]:
    """The keys of the mappings under a path; `*` stands for each item of a sequence."""
    return [
        key
        for found in _found(node, path)
        if isinstance(found, Mapping)
        for key, _ in found.entries.values()
    ]


def texts(node: Node, *path: str | int) -> list[Scalar]:
    """The scalars that say something under a path; `*` stands for each item of a sequence."""
    return [
        found
        for found in _found(node, path)
        if isinstance(found, Scalar) and found.text is not None
    ]


def _found(node: Node, path: tuple[str | int, ...]) -> Iterator[Node | None]:
    if "*" not in path:
        yield find(node, *path)
        return
    at = path.index("*")
    found = find(node, *path[:at])
    for item in found.items if isinstance(found, Sequence) else ():
        yield from _found(item, path[at + 1 :])
