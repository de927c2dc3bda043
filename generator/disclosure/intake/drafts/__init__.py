"""From what a document says to files of the data format."""
