import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from ooxml.zipping import pack, zipped

NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.binary(max_size=2_000), max_size=5))
def test_what_is_written_is_read_back(contents):
    data = zipped(pack(name, content) for name, content in contents.items())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == contents


def test_an_entry_can_be_copied_and_gives_the_same_bytes():
    entry = pack("word/styles.xml", b"<w:styles/>" * 100)
    again = pack("word/styles.xml", b"<w:styles/>" * 100)
    assert zipped([entry]) == zipped([entry]) == zipped([again])


def test_an_entry_says_of_itself_what_zipfile_would():
    ours, theirs = io.BytesIO(zipped([pack("a.xml", b"<a/>" * 50)])), io.BytesIO()
    with zipfile.ZipFile(theirs, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo("a.xml", (1980, 1, 1, 0, 0, 0))
        info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
        info.external_attr = 0o100644 << 16
        archive.writestr(info, b"<a/>" * 50)
    assert _facts(ours) == _facts(theirs)


def _facts(written):
    with zipfile.ZipFile(written) as archive:
        info = archive.getinfo("a.xml")
    names = set(zipfile.ZipInfo.__slots__) - {"compress_size", "_end_offset", "_raw_time"}
    return {name: getattr(info, name, None) for name in names}
