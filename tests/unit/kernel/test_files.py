import hashlib
import io
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kernel.files import FileDamaged, FileMissing, FileNotKept, FileStore, FileTooLarge

LATER = timedelta(hours=1)


def now():
    return datetime.now(UTC)


def test_a_file_is_kept_once_under_its_hash_and_read_back(tmp_path: Path):
    store = FileStore(tmp_path)

    first, again = store.put(b"abc"), store.put(b"abc")

    sha256 = hashlib.sha256(b"abc").hexdigest()
    assert first == again == sha256
    assert store.get(sha256) == b"abc"
    assert list(store.hashes()) == [sha256]
    assert (tmp_path / "sha256" / sha256[:2] / sha256[2:4] / sha256).is_file()


def test_a_damaged_file_is_not_handed_out_and_is_mended_by_putting_it_again(tmp_path: Path):
    store = FileStore(tmp_path)
    stored = next(tmp_path.rglob(store.put(b"abc")))
    stored.chmod(0o644)
    stored.write_bytes(b"abd")

    with pytest.raises(FileDamaged, match="không còn nguyên vẹn"):
        store.get(stored.name)
    store.put(b"abc")

    assert store.get(stored.name) == b"abc"


def test_a_missing_file_says_so(tmp_path: Path):
    with pytest.raises(FileMissing, match="thiếu tệp"):
        FileStore(tmp_path).get("0" * 64)


def test_a_disk_that_takes_nothing_is_said_in_vietnamese(tmp_path: Path):
    (tmp_path / "sha256").write_text("in the way")

    with pytest.raises(FileNotKept, match="Không ghi được tệp"):
        FileStore(tmp_path).put(b"abc")


def test_readiness_tries_the_disk_and_leaves_nothing(tmp_path: Path):
    store = FileStore(tmp_path)

    assert store.is_writable()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert list(store.hashes()) == []


def test_a_stream_is_taken_in_piece_by_piece_and_kept_under_its_hash(tmp_path: Path):
    store, data = FileStore(tmp_path), os.urandom(1_000_000)

    with store.receiving(io.BytesIO(data), limit=1_000_000) as incoming:
        assert incoming.path.read_bytes() == data
        store.keep(incoming)
        store.keep(incoming)

    assert (incoming.size, incoming.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert store.get(incoming.sha256) == data


def test_what_is_let_go_leaves_nothing(tmp_path: Path):
    store = FileStore(tmp_path)

    with store.receiving(io.BytesIO(b"abc"), limit=3):
        pass

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


class _Endless(io.RawIOBase):
    """A stream that never ends, and counts what was taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return bytes(size)


def test_a_stream_that_is_too_long_is_read_no_further_than_its_limit(tmp_path: Path):
    store, endless = FileStore(tmp_path), _Endless()

    with pytest.raises(FileTooLarge, match="5 MB"), store.receiving(endless, limit=5 * 2**20):
        pass

    assert endless.taken < 6 * 2**20
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_that_nobody_kept_lately_is_discarded(tmp_path: Path):
    store = FileStore(tmp_path)
    sha256 = store.put(b"abc")

    assert not store.discard(sha256, unused_since=now() - LATER)
    assert store.get(sha256) == b"abc"
    assert store.discard(sha256, unused_since=now() + LATER)
    assert not store.discard(sha256, unused_since=now() + LATER)
    assert list(store.hashes()) == []


def test_keeping_a_file_again_makes_it_young_again(tmp_path: Path):
    store = FileStore(tmp_path)
    sha256 = store.put(b"abc")
    path = next(tmp_path.rglob(sha256))
    os.utime(path, (0, 0))

    store.put(b"abc")

    assert not store.discard(sha256, unused_since=now() - LATER)


def test_keeping_waits_while_a_file_is_discarded(tmp_path: Path):
    store = FileStore(tmp_path)
    store.put(b"abc")
    kept = threading.Thread(target=lambda: store.put(b"abc"))

    with store._alone():
        kept.start()
        kept.join(0.2)
        is_waiting = kept.is_alive()
    kept.join(5)

    assert is_waiting
    assert not kept.is_alive()
