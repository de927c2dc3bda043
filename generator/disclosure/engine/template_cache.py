"""Templates as Jinja compiled them, kept from one build to the next."""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from disclosure.engine.cache import Cache, digest, program


class TemplateCache(BytecodeCache):
    """The templates of one environment.

    What a template is compiled to depends on its text, on this program and what it is installed
    with, and on the environment's filters: nobody else may add any.

    Attributes:
        keys: Under which keys those are kept that were asked for.
    """

    def __init__(self, cache: Cache, environment: str) -> None:
        """`environment` is another name for each environment."""
        self._kept, self._environment = cache, environment
        self.keys: set[str] = set()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if that template was compiled before."""
        found = self._kept.get(self._key(bucket), bytes)
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._kept.put(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        key = digest("template", program(), self._environment, bucket.key, bucket.checksum)
        self.keys.add(key)
        return key
