"""Puts our part of the theme over Material's, below what the owner of a site has of their own."""

from __future__ import annotations

import os
import re
from pathlib import Path

from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from pymdownx.slugs import slugify

from disclosure.config import content_policy

THEME = Path(__file__).parent / "theme"

#: Material's switches for its drawer and its search, and what they lay over the page, each with
#: the white space before it: no block of its templates holds them, and as HTML they are not valid.
_SWITCHES = re.compile(
    r'\s*<(?:input class="md-toggle"[^>]*>|label class="md-overlay"[^>]*></label>)'
)

#: Files of Material that no page of this site requests.
_UNUSED = re.compile(r"assets/javascripts/|assets/.*\.map$")


def set_up(config: MkDocsConfig, *, preview: bool) -> None:
    """Add our templates, styles and scripts, and keep the build free of the clock.

    A preview reloads itself by an inline script, which the content policy would forbid.
    """
    config.extra["content_policy"] = "" if preview else content_policy.IN_PAGES
    # The first folder that has a file wins, and the owner's is the first.
    config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(THEME))
    config.extra_css[:0] = [
        "assets/disclosure.css",
        "assets/search.css",
        "assets/print.css",
        "assets/forms.css",
        "assets/cards.css",
    ]
    script = options.ExtraScriptValue("assets/search.js")
    script.type = "module"
    config.extra_javascript.append(script)
    if not Path(config.docs_dir, "robots.txt").exists():  # a site may have its own
        config.theme.static_templates.add("robots.txt")
    # Headings keep readable addresses in Chinese instead of _1, _2, which shift.
    config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify(case="lower"))
    # MkDocs gives every theme the day of the build; a site's own may print it.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")


def is_preview(config: MkDocsConfig) -> bool:
    """Whether `set_up` was told that this is a preview."""
    return not config.extra["content_policy"]


def drop_unused(files: Files, config: MkDocsConfig) -> None:
    """Leave out Material's scripts and source maps: our templates reference none of them.

    A site with templates of its own may reference any of them, and gets all.
    """
    own = config.theme.custom_dir
    if own and any(Path(own).rglob("*.html")):
        return
    material = {folder for folder in config.theme.dirs if folder not in {own, str(THEME)}}
    for file in [*files]:
        if file.src_dir in material and _UNUSED.match(file.src_uri):
            files.remove(file)


def without_switches(page: str) -> str:
    """A finished page without Material's switches, all of which stand above the header."""
    above, header, rest = page.partition("<header")
    return f"{_SWITCHES.sub('', above)}{header}{rest}"
