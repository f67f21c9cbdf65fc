"""Small Word packages, built in memory part by part."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KINDS = {
    "word/document.xml": "document.main",
    "word/header1.xml": "header",
    "word/footer1.xml": "footer",
    "word/footnotes.xml": "footnotes",
}
_MORE_KINDS = ("styles", "settings")


def relationships(*items: tuple[str, str], external: bool = False) -> str:
    """Return a .rels part of (kind, target) pairs."""
    mode = ' TargetMode="External"' if external else ""
    body = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target) in enumerate(items)
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{body}</Relationships>"
    )


def content_types(*overrides: tuple[str, str]) -> str:
    """Return [Content_Types].xml with the usual parts and these (part, type) pairs."""
    usual = [(name, f"{_ML}.{kind}+xml") for name, kind in _KINDS.items()]
    # The last one wins, as it would for a reader of the file.
    declared = dict([*usual, *overrides])
    body = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in declared.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    )


def paragraph(text: str, *, properties: str = "") -> str:
    """Return a paragraph of one run."""
    run = f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:p>{run}</w:p>"


def document_xml(body: str) -> str:
    """Return word/document.xml around this body."""
    return f"<w:document {W}><w:body>{body}</w:body></w:document>"


def parts_of(body: str = "", **others: str) -> dict[str, str | bytes]:
    """Return the parts of a minimal document; `others` by "header1", "footnotes", "styles", …"""
    named = {f"word/{name}.xml": xml for name, xml in others.items()}
    targets = [(name.rstrip("1"), f"{name}.xml") for name in others]
    more = [(f"word/{name}.xml", f"{_ML}.{name}+xml") for name in _MORE_KINDS if name in others]
    return {
        "[Content_Types].xml": content_types(*more),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(*targets),
        "word/document.xml": document_xml(body or paragraph("Xin chào")),
        **named,
    }


def zipped(parts: dict[str, str | bytes], **changes: str | bytes) -> bytes:
    """Return the zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **changes}.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def word_file(body: str = "", **others: str) -> bytes:
    """Return a minimal .docx."""
    return zipped(parts_of(body, **others))


def part_of(data: bytes, name: str = "word/document.xml") -> str:
    """Return the text of one part of a .docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()
