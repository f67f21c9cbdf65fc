"""Writing a zip in which an entry that was packed once is copied as it is (PKWARE APPNOTE 6.3).

`zipfile` compresses every entry at every writing; of a template only the rendered parts change.
zlib-ng deflates a long table in a tenth of zlib's time, a third larger at this level.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from zlib_ng import zlib_ng

LEVEL = 3
BEST = 9
"""The level for what is packed once and written many times."""
_RAW = -15
_VERSION = 20
_UNIX = 3 << 8
_UTF8_NAME = 0x800
_DEFLATED = 8
_FIRST_OF_1980 = 0x21
_READABLE_FILE = 0o100644 << 16
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class Entry:
    """A packed entry; `size` and `crc` are those of its content."""

    name: bytes
    packed: bytes
    size: int
    crc: int


def pack(name: str, content: bytes, level: int = LEVEL) -> Entry:
    """Return the content, deflated."""
    return pack_chunks(name, [content], level)


def pack_chunks(name: str, chunks: Iterable[bytes], level: int = LEVEL) -> Entry:
    """Return the content, deflated piece by piece: no more than a piece of it is held at a time."""
    deflater = zlib_ng.compressobj(level, zlib_ng.DEFLATED, _RAW)
    packed: list[bytes] = []
    size = crc = 0
    for chunk in chunks:
        packed.append(deflater.compress(chunk))
        crc = zlib_ng.crc32(chunk, crc)
        size += len(chunk)
    packed.append(deflater.flush())
    return Entry(name.encode(), b"".join(packed), size, crc)


def zipped(entries: Iterable[Entry]) -> bytes:
    """Return the zip of these entries; no date, owner or machine is in it."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for entry in entries:
        flags = 0 if entry.name.isascii() else _UTF8_NAME
        facts = (flags, _DEFLATED, 0, _FIRST_OF_1980, entry.crc)
        sizes = (len(entry.packed), entry.size, len(entry.name), 0)
        local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *facts, *sizes) + entry.name
        made_by = _VERSION | _UNIX
        central = (b"PK\x01\x02", made_by, _VERSION, *facts, *sizes, 0, 0, 0, _READABLE_FILE, at)
        directory.append(_CENTRAL.pack(*central) + entry.name)
        pieces += [local, entry.packed]
        at += len(local) + len(entry.packed)
    listed = b"".join(directory)
    count = len(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), at, 0)
    return b"".join([*pieces, listed, end])
