"""The plugin's options in mkdocs.yml."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as options


class DisclosureConfig(base.Config):
    """Where the data are, from mkdocs.yml, and whether there are PDFs."""

    data_dir = options.Dir(default="data")
    pdf = options.Type(bool, default=False)
