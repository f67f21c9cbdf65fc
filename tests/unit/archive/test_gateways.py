import hashlib
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from kernel.auth.principal import Service
from kernel.auth.service_tokens import read_token
from kernel.contracts.renditions import ConversionRequest
from kernel.errors import UpstreamUnavailable
from kernel.http_client import ServiceClient
from services.archive.gateways.assembler import AssemblerConverter
from services.archive.gateways.files import FileDamaged, FileMissing, FileNotKept, FileStore

KEY = "test-service-key-test-service-key-te"


def test_a_file_is_kept_once_under_its_hash_and_read_back(tmp_path: Path):
    store = FileStore(tmp_path)

    first, again = store.put(b"abc"), store.put(b"abc")

    sha256 = hashlib.sha256(b"abc").hexdigest()
    assert first == again == sha256
    assert store.get(sha256) == b"abc"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [sha256]
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


def test_a_conversion_is_asked_for_with_its_key_and_for_its_office():
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(202, json={})

    office_id, version_id = uuid4(), uuid4()
    _converter(answer).ask(
        ConversionRequest(version_id=version_id, sha256="a"), office_id=office_id
    )

    request = seen[0]
    token = request.headers["Authorization"].removeprefix("Bearer ")
    assert str(request.url) == "http://assembler.invalid/assembler/api/v1/conversions"
    assert request.headers["Idempotency-Key"] == str(version_id)
    assert read_token(KEY, token, audience=Service.ASSEMBLER).office_id == office_id


def test_an_assembler_that_is_down_is_upstream_unavailable():
    converter = _converter(lambda _: httpx.Response(503))

    with pytest.raises(UpstreamUnavailable):
        converter.ask(ConversionRequest(version_id=uuid4(), sha256="a"), office_id=uuid4())


def _converter(answer: object) -> AssemblerConverter:
    client = ServiceClient(
        "http://assembler.invalid/assembler",
        caller=Service.ARCHIVE,
        audience=Service.ASSEMBLER,
        service_key=KEY,
        transport=httpx.MockTransport(answer),  # type: ignore[arg-type]
    )
    return AssemblerConverter(client)
