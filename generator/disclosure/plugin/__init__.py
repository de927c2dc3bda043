"""The MkDocs adapter and the theme.

ProperDocs continues MkDocs 1.x under another name. Its own program redirects every import of
`mkdocs`; a worker on another machine is not started by that program, so it is done here as well.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

if find_spec("mkdocs") is None and find_spec("properdocs"):
    import_module("properdocs.replacement")
