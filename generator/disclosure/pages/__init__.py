"""From the data to pages: everything a page says is decided and formatted here.

One module for each kind of page. Templates only lay out what these views contain, and `render` is
the one place that escapes.
"""
