"""Compiled templates of earlier builds, as Jinja's bytecode cache.

Compiling takes longer than everything else about a template that is used once.
"""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from disclosure.engine.cache import Cache, digest, program


class TemplateCache(BytecodeCache):
    """The templates of one environment.

    What a template is compiled to depends on its text, on this program and what it is installed
    with, and on the environment's filters: no plugin may add any.

    Attributes:
        keys: The cache keys of the templates that were asked for.
    """

    def __init__(self, cache: Cache, environment: str) -> None:
        """Take the cache, and a name that tells this environment from others."""
        self._cache, self._environment = cache, environment
        self.keys: set[str] = set()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if that template was compiled before."""
        found = self._cache.get(self._key(bucket), bytes)
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Save what was compiled."""
        self._cache.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        key = digest("template", program(), self._environment, bucket.key, bucket.checksum)
        self.keys.add(key)
        return key
