"""The documents that years were taken from, where they lie beside the data: found, read, judged."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence

from disclosure.engine.site_folder import checksum_of
from disclosure.model.dataset import PublishedDocument
from disclosure.model.diagnostics import Span
from disclosure.reading import rules
from disclosure.reading.datafile import DataFile
from disclosure.reading.discovery import FilePlace
from disclosure.reading.document_kinds import BEGINNINGS, DOCUMENT, MAX_BYTES, is_document, kind_of
from disclosure.reading.foreign import is_pointer, pointer
from disclosure.reading.quoting import quote
from disclosure.reading.tree import Scalar


def read_document(place: FilePlace, folder: str) -> DataFile:
    """A document as a file of the data folder that findings name `folder`."""
    file = DataFile(place, f"{folder}/{place.path}")
    whole, kind = Span(file.path), kind_of(place.path)
    try:
        with open(place.file, "rb") as stream:  # noqa: PTH123 - as text, like all of them
            size = os.fstat(stream.fileno()).st_size
            beginning = stream.read(100)
        digest = checksum_of(place.file) if size <= MAX_BYTES else ""
    except OSError:
        hint = "请确认文件没有被移走、没有被其他程序锁定，并且有读取它的权限。"
        file.take(rules.UNREADABLE.at(whole, "无法读取这个文件。", hint))
        return file
    if size > MAX_BYTES:
        megabytes = -(-size // 100_000) / 10
        message = f"文件有 {megabytes} MB，超过 {MAX_BYTES // 1_000_000} MB。"
        hint = "请压缩文件里的图片，或只留下绩效目标的部分；不公开的请移到数据文件夹以外。"
        file.take(rules.TOO_LARGE.at(whole, message, hint))
    elif is_pointer(beginning):
        file.take(pointer(beginning, file.path))
    elif not beginning.startswith(BEGINNINGS[kind]):
        message = f"文件的内容不是 {kind[1:].upper()}。"
        hint = "请不要用改名的办法更换扩展名；请用原来的软件另存为需要的格式。"
        file.take(rules.NOT_WHAT_IT_SAYS.at(whole, message, hint))
    else:
        file.document = PublishedDocument(place.path, size, digest)
    return file


def fingerprint(place: FilePlace) -> bytes:
    """What the examination of a document depends on.

    Raises:
        OSError: It cannot be read.
    """
    return checksum_of(place.file).encode()


def judge_documents(files: Sequence[DataFile]) -> None:
    """Hold what a year says of its document against what lies beside it."""
    documents = {one.place.path: one for one in files if one.place.kind == DOCUMENT}
    named = set()
    for head in files:
        if head.place.kind == "disclosure/1":
            folder = head.place.path.rpartition("/")[0]
            year_files = {
                path.removeprefix(f"{folder}/"): one
                for path, one in documents.items()
                if path.rpartition("/")[0] == folder
            }
            for at in head.scalars("source", "file"):
                named |= {f"{folder}/{name}" for name in _judge(head, at, year_files)}
    for path, one in documents.items():
        if path not in named:
            hint = "它是本年度的公开文件的，请把文件名写到 disclosure.yml 的 source 下面的 file；"
            hint += "不是的请移到数据文件夹以外。"
            one.report(rules.UNEXPECTED_FILE, None, "这个文件不会公开。", hint)


def _judge(head: DataFile, at: Scalar, year_files: dict[str, DataFile]) -> set[str]:
    """Judge what a year calls its document; the names beside it that are meant."""
    name = at.text or ""
    if "/" in name or "\\" in name:
        message = f"公开文件{quote(name)}写成了路径。"
        hint = "请把文件与 disclosure.yml 放在一起，这里只写文件名。"
        head.report(rules.DOCUMENT_PLACE, at, message, hint)
        return set()
    if name in year_files:
        _judge_sum(head, year_files[name])
        return {name}
    alike = {one for one in year_files if _folded(one) == _folded(name)}
    if alike:
        message = f"旁边的文件叫{quote(min(alike))}，与这里写的只差大小写或字符的写法。"
        hint = "请写成与文件名完全一样：在有的电脑上两者不是同一个文件。"
        head.report(rules.DOCUMENT_NAME, at, message, hint)
    elif head.text("source", "page"):  # a name alone does not promise that the file is there
        message = f"写了页码，但公开文件{quote(name)}不在数据旁边，读者打不开。"
        hint = "请把它与 disclosure.yml 放在一起；不公开的，删去页码。"
        if not is_document(name):
            hint = f"可以公开的文件有 {'、'.join(BEGINNINGS)}。请换成其中一种，或删去页码。"
        head.report(rules.DOCUMENT_MISSING, at, message, hint)
    return alike


def _judge_sum(head: DataFile, document: DataFile) -> None:
    """A checksum that is stated is that of the file."""
    for at in head.scalars("source", "sha256"):
        if document.document and at.text != document.document.sha256:
            message = "旁边的公开文件与这里写的校验值不符。"
            hint = "请核对文件是不是公开的那一份；文件没有错的，把校验值改成 "
            hint += f"{document.document.sha256}，或者写 ~。"
            head.report(rules.DOCUMENT_SUM, at, message, hint)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
