"""The content security policy: what a page of the site may load and do.

Scripts, styles and requests may only be the site's own files: no inline script or style
anywhere, ours or Material's. Every page carries the policy itself, because not every host lets one
set headers; a server that can sends it as a header as well.
"""

from __future__ import annotations

#: In the head of every page. Pictures are drawn by a worker.
IN_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'"
)

#: As a header. Who may frame the site can only be said there; browsers ignore it in a page.
AS_HEADER = f"{IN_PAGES}; frame-ancestors 'none'"
