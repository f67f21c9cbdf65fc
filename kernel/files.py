"""Files by the hash of their content, on a disk that may lose power at any moment."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from kernel.errors import Failure, Located

_CHUNK = 256 * 1024


class FileDamaged(Failure):
    """The bytes on the disk are not those that were put there."""

    code, title = "file-damaged", "Tệp lưu trữ bị hỏng"


class FileMissing(Failure):
    """A row names a file that the disk does not have."""

    code, title = "file-missing", "Thiếu tệp lưu trữ"


class FileNotKept(Failure):
    """The disk would not take the file."""

    status, code, title = 503, "file-not-kept", "Không ghi được tệp"


class FileTooLarge(Failure):
    """More bytes came than the file may have; `limit` is how many it may."""

    status, code, title = 413, "too-large", "Tệp quá lớn"

    def __init__(self, limit: int, name: str = "") -> None:
        what = f"Tệp “{name}”" if name else "Tệp"
        detail = f"{what} lớn hơn giới hạn {limit // (1024 * 1024)} MB."
        super().__init__(detail, errors=[Located("#/file", detail)])
        self.limit = limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file that has arrived whole, beside the store: to be looked at, then kept or let go."""

    path: Path
    sha256: str
    size: int


class FileStore:
    """A directory of files named by their sha256; a file in it never changes."""

    def __init__(self, root: Path) -> None:
        self._folder = root
        self._root = root / "sha256"

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their hash; keeping them again changes nothing."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self._path(sha256)
        with _told_if_full(), self._in_use():
            if not self._holds(target, sha256):
                target.parent.mkdir(parents=True, exist_ok=True)
                _write(target, data)
        return sha256

    @contextmanager
    def receiving(self, stream: IO[bytes], *, limit: int) -> Iterator[Incoming]:
        """Take in a stream piece by piece, never as a whole in memory; it is gone in the end.

        Raises FileTooLarge as soon as more than `limit` bytes have come.
        """
        with _told_if_full():
            folder = self.incoming_folder()
            descriptor, name = tempfile.mkstemp(dir=folder, prefix=".new-")
        path = Path(name)
        try:
            with _told_if_full(), os.fdopen(descriptor, "wb") as target:
                sha256, size = _copied(stream, target, limit)
            yield Incoming(path=path, sha256=sha256, size=size)
        finally:
            path.unlink(missing_ok=True)

    def keep(self, incoming: Incoming) -> None:
        """Keep a file that has arrived; keeping the same content again changes nothing."""
        target = self._path(incoming.sha256)
        with _told_if_full(), self._in_use():
            if not self._holds(target, incoming.sha256):
                target.parent.mkdir(parents=True, exist_ok=True)
                _put_in_place(incoming.path, target)

    def get(self, sha256: str) -> bytes:
        """Return the bytes, checked against their hash."""
        with self.open(sha256) as stream:
            return stream.read()

    def open(self, sha256: str) -> IO[bytes]:
        """Return the file, read through once and found to be what its name says."""
        try:
            stream = self._path(sha256).open("rb")
        except FileNotFoundError as exc:
            raise FileMissing(
                f"Kho lưu trữ thiếu tệp {sha256[:12]}…. Hãy báo quản trị khôi phục từ bản sao lưu."
            ) from exc
        if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
            stream.close()
            raise FileDamaged(
                f"Tệp {sha256[:12]}… trong kho không còn nguyên vẹn nên không được gửi ra. "
                "Hãy báo quản trị khôi phục từ bản sao lưu."
            )
        stream.seek(0)
        return stream

    def discard(self, sha256: str, *, unused_since: datetime) -> bool:
        """Delete a file that nobody names, unless somebody kept it again since; tell whether.

        Whoever keeps a file writes its row later. So its age counts from the last keeping, and
        nothing is kept while a file is being deleted.
        """
        path = self._path(sha256)
        with self._alone(), suppress(FileNotFoundError):
            if path.stat().st_mtime < unused_since.timestamp():
                path.unlink()
                return True
        return False

    def hashes(self) -> Iterator[str]:
        """Yield the name of every file kept."""
        for path in sorted(self._root.glob("*/*/*")):
            if not path.name.startswith("."):
                yield path.name

    def is_writable(self) -> bool:
        """Try the disk with a small file; raises what the system raises on a no."""
        self._root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._root, prefix=".probe-") as probe:
            probe.write(b"ok")
        return True

    def incoming_folder(self) -> Path:
        """Return the folder for what has not yet been kept: on the disk of the store."""
        folder = self._folder / "incoming"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _holds(self, target: Path, sha256: str) -> bool:
        """Tell whether the file is there and whole; a damaged one is written anew."""
        if not target.is_file():
            return False
        with target.open("rb") as stream:
            is_whole = hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        if is_whole:
            os.utime(target)  # it was kept just now: see `discard`
        return is_whole

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        with self._locked(fcntl.LOCK_SH):
            yield

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._locked(fcntl.LOCK_EX):
            yield

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / ".lock").open("ab") as lock:
            fcntl.flock(lock, how)  # let go when it is closed
            yield


@contextmanager
def _told_if_full() -> Iterator[None]:
    """Say in plain words that the disk takes nothing."""
    try:
        yield
    except OSError as exc:
        raise FileNotKept(
            "Không ghi được tệp vào kho lưu trữ (đĩa đầy hoặc không có quyền ghi). "
            "Chưa có gì thay đổi; hãy báo quản trị rồi thử lại."
        ) from exc


def _copied(source: IO[bytes], target: IO[bytes], limit: int) -> tuple[str, int]:
    """Copy up to the limit; return hash and size."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_CHUNK):
        size += len(piece)
        if size > limit:
            raise FileTooLarge(limit)
        digest.update(piece)
        target.write(piece)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _write(target: Path, data: bytes) -> None:
    """Write beside the target, then rename: the name never stands for half a file."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _put_in_place(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _put_in_place(temporary: Path, target: Path) -> None:
    """Give a whole file its name for ever."""
    temporary.chmod(0o444)
    temporary.replace(target)
    for directory in target.parents[:3]:
        _sync(directory)


def _sync(directory: Path) -> None:
    """Make new names survive a loss of power, not only the bytes."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
