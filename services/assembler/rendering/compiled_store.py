"""Compiled templates, kept by their SHA-256: once in the process, and in files for all workers.

The files hold code that will be run, like Python's own `__pycache__`: their folder belongs to the
user of the workers alone. A file of another version of anything that made it is not found.
"""

import hashlib
import marshal
import os
import stat
import sys
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from tempfile import NamedTemporaryFile

from ooxml.zipping import Entry
from services.assembler.rendering.compiling import Compiled, Part, part_of
from services.assembler.rendering.complaints import Place

_KEPT = 64
_MADE_BY = ("docxtpl", "Jinja2", "lxml", "MarkupSafe", "zlib-ng")


class NotPrivate(Exception):
    """The folder can be written by somebody else: code from it would be anybody's."""


class CompiledStore:
    """Gives the compiled form of a template; `folder` None keeps it in this process alone."""

    def __init__(
        self, compile_template: Callable[[bytes], Compiled], folder: Path | None = None
    ) -> None:
        self._compile, self._folder = compile_template, folder
        self._known = lru_cache(maxsize=_KEPT)(self._load)
        if folder is not None:
            _make_private(folder)

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
            written = self._path(sha256).read_bytes()
            return _read(written)
        except FileNotFoundError:
            return None
        except (EOFError, ValueError, TypeError):
            return None  # torn by a crash of the machine: made anew and written over

    def _made(self, sha256: str, template: bytes) -> Compiled:
        compiled = self._compile(template)
        if self._folder is not None:
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(_written(compiled))
            Path(file.name).replace(self._path(sha256))
        return compiled

    def _path(self, sha256: str) -> Path:
        if self._folder is None:
            raise ValueError("no folder")
        return self._folder / f"{sha256}.{fingerprint()}"


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return what tells compiled forms apart that other code would have made."""
    own = sorted(Path(__file__).parent.glob("*.py"))
    made_by = [sys.version.encode(), MAGIC_NUMBER, *(version(it).encode() for it in _MADE_BY)]
    return hashlib.sha256(b"\0".join([*made_by, *(it.read_bytes() for it in own)])).hexdigest()[:16]


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o022:
        raise NotPrivate(f"{folder} must belong to the user of the workers alone")


def _written(compiled: Compiled) -> bytes:
    return marshal.dumps(
        (
            compiled.order,
            [(it.name, it.packed, it.size, it.crc) for it in compiled.packed.values()],
            [_written_part(part) for part in compiled.parts.values()],
            [_written_part(part) for part in compiled.properties],
            compiled.core,
        )
    )


def _written_part(part: Part) -> tuple[object, ...]:
    return part.place.part, part.place.source, part.code, part.is_proved


def _read(written: bytes) -> Compiled:
    order, packed, parts, properties, core = marshal.loads(written)  # noqa: S302 - our own folder
    entries = [Entry(*facts) for facts in packed]
    return Compiled(
        order=order,
        packed={entry.name.decode(): entry for entry in entries},
        parts={it[0]: _read_part(*it, is_text=False) for it in parts},
        properties=tuple(_read_part(*it, is_text=True) for it in properties),
        core=core,
    )


def _read_part(part: str, source: str, code: object, is_proved: bool, *, is_text: bool) -> Part:
    if not hasattr(code, "co_code"):
        raise ValueError("no code")
    return part_of(Place(part, source), code, is_proved=is_proved, is_text=is_text)  # type: ignore[arg-type]
