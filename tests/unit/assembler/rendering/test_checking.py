"""Everything that is wrong with a template is told at once, each with its place."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kernel.contracts.boxes import BOXES
from ooxml.faults import Fault
from services.assembler.domain.findings import Severity
from services.assembler.rendering.checking import (
    check_any_template,
    check_samples,
    check_template,
    has_error,
)
from services.assembler.rendering.refusals import _REFUSED, refusals
from services.assembler.rendering.templates import Manifest, Placeholder, TemplateLibrary
from tests.builders.assembler import TEMPLATES

MANIFEST = Manifest(
    kind="test",
    title="Thử",
    document_type="BC",
    issuing_body="ubnd",
    subject="Thử",
    signing="head",
    placeholders=(
        Placeholder(path="year", type="number", label="Năm"),
        Placeholder(path="awards[].members[].name", type="text", label="Họ tên"),
    ),
)
SAMPLES = {"typical": {"year": 2023, "awards": [{"members": [{"name": "An"}]}]}}


def a_template(*paragraphs, header=None):
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def saved(document):
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_entry(name, data=b"x"):
    written = io.BytesIO(a_template("a"))
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr(name, data)
    return written.getvalue()


def check(template):
    """Check file, language and samples; the layout of such small files is another matter."""
    found = check_any_template(template, MANIFEST)
    return found if has_error(found) else (*found, *check_samples(template, MANIFEST, SAMPLES))


def rules(template):
    return [one.rule for one in check(template)]


@pytest.mark.parametrize("template", TemplateLibrary(TEMPLATES).kinds(), ids=lambda it: it.kind)
def test_the_shipped_templates_have_no_finding(template):
    assert check_template(template.data, template.manifest, samples=template.samples) == ()


def test_nested_placeholders_are_checked():
    good = "{% for a in awards %}{% for m in a.members %}{{ m.name }}{% endfor %}{% endfor %}"
    assert check(a_template(good)) == ()
    (found,) = check(a_template(good.replace("m.name", "m.nam")))
    assert found.rule == "template-unknown-placeholder"
    assert "awards[].members[].nam" in found.message
    assert found.suggestion == "Có phải “awards[].members[].name” không?"


def test_all_findings_come_at_once_each_with_its_part():
    found = check(a_template("{{ yeer }} {{ nothing_like_it }}", header="{% for x in awards %}"))
    errors = [one for one in found if one.severity is Severity.ERROR]
    assert [(one.rule, one.place) for one in errors] == [
        (
            "template-unknown-placeholder",
            "thân văn bản, đoạn “{{ yeer }} {{ nothing_like_it }}”",
        ),
        (
            "template-unknown-placeholder",
            "thân văn bản, đoạn “{{ yeer }} {{ nothing_like_it }}”",
        ),
        ("template-unclosed-block", "đầu trang, đoạn “{% for x in awards %}”"),
    ]
    assert "danh sách" in found[1].suggestion


@pytest.mark.parametrize(
    "text",
    ["{% if year %}", "{{ year", "{% endfor %}", "{{ year|nothing }}", "{% include 'x' %}"],
)
def test_bad_syntax_is_a_located_finding(text):
    found = check(a_template(text))
    assert [one.severity for one in found].count(Severity.ERROR) == 1


def test_what_only_shows_when_it_runs_is_found_with_the_samples():
    assert rules(a_template("{{ [year] }}")) == ["template-sample"]


def test_tracked_changes_are_told():
    document = Document()
    document.add_paragraph("a")._p.append(OxmlElement("w:ins"))
    (found,) = check(saved(document))
    assert (found.rule, found.severity) == ("template-revision", Severity.WARNING)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", Fault.NOT_A_ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old .doc", Fault.NOT_A_ZIP),
        (a_template("a")[:-100], Fault.DAMAGED),
        (with_entry("../evil.xml"), Fault.UNSAFE_NAME),
        (with_entry("word/vbaProject.bin"), Fault.MACRO),
        (with_entry("word/embeddings/o.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
         Fault.EMBEDDED_OBJECT),
        (with_entry("word/bomb.bin", b"\0" * 80_000_000), Fault.TOO_LARGE),
        (with_entry("word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), Fault.DTD),
    ],
)  # fmt: skip
def test_a_file_that_may_not_be_opened_is_refused_with_the_reason(data, fault):
    (found,) = refusals(data)
    assert found.rule == f"package-{fault}"
    assert found.suggestion
    assert check(data) == (found,)


def test_every_fault_has_its_words():
    assert set(_REFUSED) == set(Fault)


def without_boxes(template):
    document = Document(io.BytesIO(template))
    for box in [*document.element.iter(qn("w:sdt"))]:
        for inside in [*box.find(qn("w:sdtContent"))]:
            box.addprevious(inside)
        box.getparent().remove(box)
    return saved(document)


def test_a_template_without_the_boxes_that_issuing_fills_is_wrong():
    shipped = TemplateLibrary(TEMPLATES).get("cover_letter")
    found = check_template(without_boxes(shipped.data), shipped.manifest, samples=shipped.samples)
    assert [one.rule for one in found] == ["template-box-missing"] * len(BOXES)
    for one, (tag, name) in zip(found, BOXES.items(), strict=True):
        assert tag in one.message
        assert name in one.message
    assert has_error(found)


def test_a_certificate_is_never_issued_and_needs_no_box():
    shipped = TemplateLibrary(TEMPLATES).get("commendation_certificate")
    assert check_template(shipped.data, shipped.manifest, samples=shipped.samples) == ()
