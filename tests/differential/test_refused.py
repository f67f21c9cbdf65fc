"""What docxtpl takes as an object of its own and we do not: refused, with the place."""

import io
import struct
import zlib

import pytest
from docxtpl import DocxTemplate, InlineImage, RichText

from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.docx import render
from tests.differential.packages import p, tbl, template, tr

ONE = template(p("{{ x }}"))


def refusal(source: bytes, **data: object) -> str:
    with pytest.raises(RenderingFailed) as caught:
        render(source, data)
    return caught.value.detail


def picture() -> io.BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff")
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def test_objects_of_docxtpl_are_no_data():
    theirs = DocxTemplate(io.BytesIO(ONE))
    theirs.init_docx()
    objects = (InlineImage(theirs, picture()), RichText("a"), theirs.docx)

    for one in objects:
        assert "không phải văn bản hay số" in refusal(ONE, x=one)
        assert "không phải văn bản hay số" in refusal(ONE, x={"rows": [one]})


@pytest.mark.parametrize(
    "source",
    [
        template("{{p x }}"),
        template(p("a"), "{{p x }}", p("b")),
        template(tbl(tr("{{p x }}"), columns=1)),
    ],
)
@pytest.mark.parametrize("value", ["Phụ lục", "<w:p/>", {"rich_text": [{"text": "a"}]}, ["a"], 1])
def test_a_sub_document_is_refused_with_its_place(source, value):
    detail = refusal(source, x=value)

    assert "{{ x }}" in detail or "{{p x }}" in detail
    assert detail.endswith(" ở thân văn bản.")


@pytest.mark.parametrize("value", ["ảnh.png", {"image": "ảnh.png"}, {"rich_text": "a"}, ["a"]])
def test_what_is_no_rich_text_does_not_stand_among_runs(value):
    detail = refusal(template(p("{{r x }}")), x=value)

    assert detail.endswith("Xem {{ x }} ở thân văn bản.")


@pytest.mark.parametrize(
    "value", [{"image": "ảnh.png", "width": 30}, {"rich_text": [{"text": "a"}]}]
)
def test_what_is_no_text_does_not_stand_in_text(value):
    assert refusal(ONE, x=value).endswith("Xem {{ x }} ở thân văn bản.")


@pytest.mark.parametrize(
    "run",
    [
        {"bold": True},
        {"text": "a", "onclick": "x"},
        {"text": ["a"]},
        {"text": "a", "color": "a\nb"},
        {"text": "a", "color": {"a": 1}},
        {"text": "a", "size": [1]},
        None,
        1,
    ],
)
def test_a_wrong_run_of_a_rich_text_is_refused_with_its_place(run):
    assert refusal(template(p("{{r x }}")), x={"rich_text": [run]}).endswith(
        "Xem {{ x }} ở thân văn bản."
    )


@pytest.mark.parametrize(
    "key", ["color", "style", "font", "highlight", "lang", "size", "underline"]
)
def test_no_property_of_a_run_becomes_markup(key):
    run = {"text": "a", key: '"/><w:br/><w:x w:y="'}

    written = render(template(p("{{r x }}")), {"x": {"rich_text": [run]}})

    assert b"<w:br/>" not in written
