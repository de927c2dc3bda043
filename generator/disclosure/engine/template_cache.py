"""Caches templates as Jinja compiled them, because compiling all of them takes most of a second.

They lie where Python puts the compiled modules of this program, so that the first build of every
project finds them. Where Python may write none, they lie in the cache of the project.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from disclosure.engine.cache import Cache, CacheEntry, program_digest

_PROGRAM = Path(__file__).parents[1]


class TemplateCache(BytecodeCache):
    """The templates of one environment.

    What a template is compiled to depends on its text, on this program and what it is installed
    with, and on the environment's filters: nobody else may add any.
    """

    def __init__(self, cache: Cache, environment: str) -> None:
        """`environment` tells the environments apart: each has a name of its own."""
        self._cache, self._environment = cache, environment

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if that template was compiled before."""
        found = self._entry(bucket).get(bytes)
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store what was compiled."""
        self._entry(bucket).put(bucket.bytecode_to_string())

    def _entry(self, bucket: Bucket) -> CacheEntry:
        return self._cache.entry("template", (self._environment, bucket.key, bucket.checksum))


def beside_modules(otherwise: Cache) -> Cache:
    """The cache beside the compiled modules of this program as it is, without those of before.

    Args:
        otherwise: What is used where Python writes no compiled modules.
    """
    if sys.dont_write_bytecode or not os.access(_PROGRAM, os.W_OK):
        return otherwise
    name = f"templates.{sys.implementation.cache_tag}."
    folder = _PROGRAM / "__pycache__" / f"{name}{program_digest()[:16]}"
    if not folder.is_dir():
        for outdated in folder.parent.glob(f"{name}*"):
            shutil.rmtree(outdated, ignore_errors=True)
    return Cache(folder)
