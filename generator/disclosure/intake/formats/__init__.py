"""One document to its pieces: text and tables, each with its place.

- opening, signatures, strict: what a file is by its content, and whether it may be opened
- isolated, reader: one document, read in a process with limits
- pdf, docx, xlsx, text: a format each, all to the same `pieces`
- embedded: what stands beside the text, and what is no text at all
- joining, labels, lookalikes: lines to the text that was meant, with the words that forms print
"""
