"""Compiled templates, kept by their SHA-256: once in the process, and in files for all workers.

The files hold code that will be run, like Python's own `__pycache__`: their folder belongs to the
user of the workers alone. A file of another version of anything that made it is not found. Without
the folder (a disk that is full, say) each process compiles for itself.
"""

import hashlib
import logging
import marshal
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType

import kernel
import ooxml
from ooxml.zipping import Entry
from services.assembler.rendering.compiling import Compiled, Part, part_of
from services.assembler.rendering.complaints import Place

logger = logging.getLogger("thidua.assembler.rendering")

_KEPT = 64
_MADE_BY = ("docxtpl", "Jinja2", "lxml", "MarkupSafe", "zlib-ng")
_OURS = tuple(Path(it).parent for it in (__file__, str(ooxml.__file__), str(kernel.__file__)))
_DIGEST_BYTES = 32
_STALE_SECONDS = 24 * 60 * 60
"""What other code made is in nobody's way for so long: versions may run beside each other."""


class NotPrivate(Exception):
    """The folder can be written by somebody else: code from it would be anybody's."""


class Torn(Exception):
    """A file is not what was written: a crash of the machine cut it, or a disk changed it."""


class CompiledStore:
    """Gives the compiled form of a template; `folder` None keeps it in this process alone."""

    def __init__(
        self, compile_template: Callable[[bytes], Compiled], folder: Path | None = None
    ) -> None:
        self._compile, self._folder = compile_template, folder
        self._known = lru_cache(maxsize=_KEPT)(self._load)
        if folder is not None:
            _make_private(folder)
            _remove_stale(folder)

    def get(self, template: bytes) -> Compiled:
        """Return the compiled template, made by whoever was first."""
        return self._known(template)

    def _load(self, template: bytes) -> Compiled:
        sha256 = hashlib.sha256(template).hexdigest()
        return self._stored(sha256) or self._made(sha256, template)

    def _stored(self, sha256: str) -> Compiled | None:
        if self._folder is None:
            return None
        try:
            return _read(self._path(sha256).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, Torn) as exc:  # a torn one is made anew and written over
            logger.warning("compiled template cannot be read", extra={"reason": str(exc)})
            return None

    def _made(self, sha256: str, template: bytes) -> Compiled:
        compiled = self._compile(template)
        if self._folder is not None:
            try:
                _write(self._path(sha256), _written(compiled))
            except OSError as exc:
                logger.warning("compiled template cannot be kept", extra={"reason": str(exc)})
        return compiled

    def _path(self, sha256: str) -> Path:
        if self._folder is None:
            raise ValueError("no folder")
        return self._folder / f"{sha256}.{fingerprint()}"


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return what tells compiled forms apart that other code would have made."""
    own = [it for folder in _OURS for it in sorted(folder.glob("*.py"))]
    made_by = [sys.version.encode(), MAGIC_NUMBER, *(version(it).encode() for it in _MADE_BY)]
    return hashlib.sha256(b"\0".join([*made_by, *(it.read_bytes() for it in own)])).hexdigest()[:16]


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o022:
        raise NotPrivate(f"{folder} must belong to the user of the workers alone")


def _remove_stale(folder: Path) -> None:
    """Remove what other code made, and what was being written when its worker was killed."""
    made_before = time.time() - _STALE_SECONDS
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # another worker removes it too
            if file.suffix != f".{fingerprint()}" and file.stat().st_mtime < made_before:
                file.unlink()


def _write(path: Path, written: bytes) -> None:
    """Write the file as a whole or not at all."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(written)
            file.flush()
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _written(compiled: Compiled) -> bytes:
    code = marshal.dumps(
        (
            compiled.order,
            [(it.name, it.packed, it.size, it.crc) for it in compiled.packed.values()],
            [_written_part(part) for part in compiled.parts.values()],
            [_written_part(part) for part in compiled.properties],
            compiled.core,
        )
    )
    return hashlib.sha256(code).digest() + code


def _written_part(part: Part) -> tuple[object, ...]:
    return part.place.part, part.place.source, part.code, part.is_proved


def _read(written: bytes) -> Compiled:
    digest, code = written[:_DIGEST_BYTES], written[_DIGEST_BYTES:]
    if hashlib.sha256(code).digest() != digest:  # damaged code would not fail, it would crash
        raise Torn("the digest is not that of the content")
    order, packed, parts, properties, core = marshal.loads(code)  # noqa: S302 - our own folder
    entries = [Entry(*facts) for facts in packed]
    return Compiled(
        order=order,
        packed={entry.name.decode(): entry for entry in entries},
        parts={it[0]: _read_part(*it, is_text=False) for it in parts},
        properties=tuple(_read_part(*it, is_text=True) for it in properties),
        core=core,
    )


def _read_part(part: str, source: str, code: CodeType, is_proved: bool, *, is_text: bool) -> Part:
    return part_of(Place(part, source), code, is_proved=is_proved, is_text=is_text)
