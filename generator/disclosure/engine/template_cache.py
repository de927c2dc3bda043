"""Caches templates as Jinja compiled them, because compiling all of them takes half a second."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from disclosure.engine.cache import Cache, CacheEntry


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
