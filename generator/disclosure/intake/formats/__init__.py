"""One document to its pieces, a format each."""
