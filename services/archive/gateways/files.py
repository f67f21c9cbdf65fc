"""Files by the hash of their content, on a disk that may lose power at any moment."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kernel.errors import Failure


class FileDamaged(Failure):
    """The bytes on the disk are not those that were put there."""

    code, title = "file-damaged", "Tệp lưu trữ bị hỏng"


class FileMissing(Failure):
    """A row names a file that the disk does not have."""

    code, title = "file-missing", "Thiếu tệp lưu trữ"


class FileNotKept(Failure):
    """The disk would not take the file."""

    status, code, title = 503, "file-not-kept", "Không ghi được tệp"


class FileStore:
    """A directory of files named by their sha256; a file in it never changes."""

    def __init__(self, root: Path) -> None:
        self._root = root / "sha256"

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their hash; keeping them again changes nothing."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self._path(sha256)
        if self._holds(target, sha256):
            return sha256
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(target, data)
        except OSError as exc:
            raise FileNotKept(
                "Không ghi được tệp vào kho lưu trữ (đĩa đầy hoặc không có quyền ghi). "
                "Chưa có gì thay đổi; hãy báo quản trị rồi thử lại."
            ) from exc
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes, checked against their hash."""
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError as exc:
            raise FileMissing(
                f"Kho lưu trữ thiếu tệp {sha256[:12]}…. Hãy báo quản trị khôi phục từ bản sao lưu."
            ) from exc
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileDamaged(
                f"Tệp {sha256[:12]}… trong kho không còn nguyên vẹn nên không được gửi ra. "
                "Hãy báo quản trị khôi phục từ bản sao lưu."
            )
        return data

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

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _holds(self, target: Path, sha256: str) -> bool:
        """Tell whether the file is there and whole; a damaged one is written anew."""
        return target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == sha256


def _write(target: Path, data: bytes) -> None:
    """Write beside the target, then rename: the name never stands for half a file."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o444)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    for directory in target.parents[:3]:
        _sync(directory)


def _sync(directory: Path) -> None:
    """Make new names survive a loss of power, not only the bytes."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
