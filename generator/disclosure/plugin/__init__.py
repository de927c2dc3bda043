"""The MkDocs adapter and the theme."""
