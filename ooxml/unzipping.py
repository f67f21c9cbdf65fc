"""Inflating a zip of unknown origin without believing anything that it says of itself."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from ooxml.faults import Fault, Limits, PackageRefused

_CHUNK = 64 * 1024
_LOCAL_HEADER = b"PK\x03\x04"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_IS_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNSAFE = re.compile(r"^/|^$|//|\\|:|[\x00-\x1f\x7f]|(^|/)\.{1,2}(/|$)")
_MAX_NAME = 255
_READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def unzip(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Return the entries by name, in the order of the directory."""
    _check_outside(data, limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _READ_ERRORS as exc:
        raise PackageRefused(Fault.DAMAGED) from exc
    with archive:
        entries = archive.infolist()
        if len(entries) > limits.entries:
            raise PackageRefused(Fault.TOO_MANY_PARTS)
        _check_entries(entries)
        return _inflate_all(archive, entries, limits)


def _check_outside(data: bytes, limits: Limits) -> None:
    if len(data) > limits.file_bytes:
        raise PackageRefused(Fault.TOO_LARGE)
    if data.startswith(_COMPOUND_FILE) and _ENCRYPTED_STREAM in data:
        raise PackageRefused(Fault.ENCRYPTED)
    if not data.startswith(_LOCAL_HEADER):
        raise PackageRefused(Fault.NOT_A_ZIP)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if len(name) > _MAX_NAME or _UNSAFE.search(entry.orig_filename):
            raise PackageRefused(Fault.UNSAFE_NAME, name)
        if name.casefold() in seen:  # OPC names are equal without regard to case
            raise PackageRefused(Fault.DUPLICATE_PART, name)
        if entry.flag_bits & _IS_ENCRYPTED:
            raise PackageRefused(Fault.ENCRYPTED, name)
        if entry.compress_type not in _METHODS:
            raise PackageRefused(Fault.DAMAGED, name)
        seen.add(name.casefold())


def _inflate_all(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.total_bytes
    for entry in entries:
        part = _inflate(archive, entry, limits, left)
        left -= len(part)
        if not entry.is_dir():
            parts[entry.filename] = part
    return parts


def _inflate(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, left: int) -> bytes:
    packed = max(entry.compress_size, 1)
    pieces: list[bytes] = []
    size = 0
    for piece in _pieces(archive, entry):
        size += len(piece)
        if size > min(limits.part_bytes, left):
            raise PackageRefused(Fault.TOO_LARGE, entry.filename)
        if size > limits.ratio_applies_above_bytes and size > packed * limits.ratio:
            raise PackageRefused(Fault.ZIP_BOMB, entry.filename)
        pieces.append(piece)
    return b"".join(pieces)


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                yield piece
    except _READ_ERRORS as exc:
        raise PackageRefused(Fault.DAMAGED, entry.filename) from exc
