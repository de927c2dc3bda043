"""From pieces to what the document says."""
