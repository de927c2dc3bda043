"""Reads mkdocs.yml, for every module that needs something of it but MkDocs itself.

MkDocs' own reading runs code that the file names (`!!python/name:…`) and knows no lines. Here a tag
stands for nothing, and each value can be traced to its line for a finding. Files are merged along
`INHERIT` as MkDocs merges them: the nearest file wins, mappings are merged key by key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct

FILE_NAME = "mkdocs.yml"
_INHERIT = "INHERIT"


class _Loader(yaml.SafeLoader):
    """Reads MkDocs' own tags (`!ENV`, `!!python/name:…`) as nothing: they are not for us."""


def _ignore_tag(loader: yaml.Loader, suffix: str, node: yaml.Node) -> None:
    """Stand in for any tag."""


_Loader.add_multi_constructor("!", _ignore_tag)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore_tag)


class ConfigFile(Struct, frozen=True):
    """An mkdocs.yml, or a file that one inherits from.

    Attributes:
        path: Where it is.
        text: What it holds.
        top: The same as YAML nodes, which know their lines; None of an empty file.
        values: The same as plain values.
    """

    path: Path
    text: str
    top: yaml.Node | None
    values: Mapping[str, Any]


def config_file(text: str, path: Path) -> ConfigFile:
    """A configuration file from its text.

    Raises:
        yaml.YAMLError: It is not YAML, or no mapping.
    """
    loader = _Loader(text)
    try:
        top = loader.get_single_node()
        values = (loader.construct_document(top) if top else None) or {}
    finally:
        loader.dispose()
    if not isinstance(values, dict):
        raise yaml.YAMLError("not a mapping")
    return ConfigFile(path, text, top, values)


def inherited(path: Path) -> tuple[ConfigFile, ...]:
    """A configuration file and those it inherits from, the nearest first.

    Raises:
        OSError: One cannot be read.
        yaml.YAMLError: One is not YAML, or inherits from itself.
    """
    return tuple(_inherited(path, frozenset()))


def _inherited(path: Path, below: frozenset[Path]) -> Iterator[ConfigFile]:
    if path.resolve() in below:
        raise yaml.YAMLError(f"{path} inherits from itself")
    found = config_file(path.read_text("utf-8"), path)
    yield found
    if parent := found.values.get(_INHERIT):
        yield from _inherited(path.parent / str(parent), below | {path.resolve()})


def files(path: Path) -> tuple[Path, ...]:
    """Where `inherited` finds its files."""
    return tuple(one.path for one in inherited(path))


def merged(found: Sequence[ConfigFile]) -> Mapping[str, Any]:
    """What configuration files say together, the nearest first."""
    values: Mapping[str, Any] = reduce(_merge, (one.values for one in found))
    return values


def _merge(near: Any, far: Any) -> Any:
    """A value over that of a file it inherits from."""
    if not isinstance(near, dict) or not isinstance(far, dict):
        return near
    both = {key: _merge(near[key], far[key]) for key in near.keys() & far.keys()}
    return {**far, **near, **both}


def parse(text: str) -> dict[str, Any]:
    """The values of an mkdocs.yml by itself.

    Raises:
        yaml.YAMLError: It is not YAML, or no mapping.
    """
    return dict(config_file(text, Path(FILE_NAME)).values)


def plugin_options(config: Mapping[str, Any]) -> dict[str, Any]:
    """The options of our plugin; MkDocs takes plugins as a list or as a mapping, by their names."""
    plugins = config.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else [plugins]:
        options = plugin.get("disclosure") if isinstance(plugin, dict) else None
        if isinstance(options, dict):
            return options
    return {}


def members(
    node: yaml.Node | None, name: str | None = None
) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """The members of a mapping, or the one called `name`; none of anything else."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and name in {None, key.value}:
                yield key, value
