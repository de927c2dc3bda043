"""The files that may stand in the folder of the hand-written pages."""

#: By how their names end, with the bytes that such a file begins with.
#: Browsers run programs in HTML and in SVG pictures; those are not among it.
KINDS: dict[str, tuple[bytes, ...]] = {
    ".gif": (b"GIF87a", b"GIF89a"),
    ".jpeg": (b"\xff\xd8\xff",),
    ".jpg": (b"\xff\xd8\xff",),
    ".md": (),
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".webp": (b"RIFF",),
}
