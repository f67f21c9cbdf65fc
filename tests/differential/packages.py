"""Templates for the corpus, piece by piece as Word writes them, then as a .docx."""

from html import escape

from tests.support.word_packages import relationships, zipped

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SECTION = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
_KINDS = {"header1": "hdr", "footer1": "ftr", "footnotes": "footnotes", "endnotes": "endnotes"}


def t(text: str, *, keeps_space: bool = True) -> str:
    """Return a `w:t`."""
    space = ' xml:space="preserve"' if keeps_space else ""
    return f"<w:t{space}>{escape(text, quote=False)}</w:t>"


def r(text: str, look: str = "", *, marks: str = "", keeps_space: bool = True) -> str:
    """Return a run; `look` are its properties, `marks` its attributes."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f"<w:r{marks}>{properties}{t(text, keeps_space=keeps_space)}</w:r>"


def p(*runs: str, style: str = "") -> str:
    """Return a paragraph; what is no XML becomes a run."""
    properties = f'<w:pPr><w:jc w:val="{style}"/></w:pPr>' if style else ""
    inner = "".join(it if it.startswith("<") else r(it) for it in runs)
    return f"<w:p>{properties}{inner}</w:p>"


def tc(*blocks: str, properties: str = '<w:tcW w:w="2000" w:type="dxa"/>') -> str:
    """Return a cell; what is no XML becomes a paragraph."""
    inner = "".join(it if it.startswith(("<w:p>", "<w:tbl>")) else p(it) for it in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str) -> str:
    """Return a row; what is no XML becomes a cell."""
    return f"<w:tr>{''.join(it if it.startswith('<') else tc(it) for it in cells)}</w:tr>"


def tbl(*rows: str, columns: int) -> str:
    """Return a table."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def control(inner: str, tag: str = "name") -> str:
    """Return a content control."""
    content = f"<w:sdtContent>{inner}</w:sdtContent>"
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>{content}</w:sdt>'


def text_box(*paragraphs: str, number: int = 1) -> str:
    """Return a run with a text box, in both ways in which Word writes it."""
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    shape = f"<wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp>"
    graphic = f'<a:graphic><a:graphicData uri="wps">{shape}</a:graphicData></a:graphic>'
    drawing = f'<wp:inline><wp:docPr id="{number}" name="Hộp {number}"/>{graphic}</wp:inline>'
    choice = f'<mc:Choice Requires="wps"><w:drawing>{drawing}</w:drawing></mc:Choice>'
    older = f"<v:shape><v:textbox>{inner}</v:textbox></v:shape>"
    fallback = f"<mc:Fallback><w:pict>{older}</w:pict></mc:Fallback>"
    return f"<w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r>"


def note(inner: str, kind: str = "footnote") -> str:
    """Return the content of a part of notes."""
    return f'<w:{kind} w:id="2">{inner}</w:{kind}>'


def template(*blocks: str, title: str = "", **parts: str) -> bytes:
    """Return a .docx of these blocks; `parts` by "header1", "footer1", "footnotes", "endnotes"."""
    overrides = {"document": "document.main", **{name: name.rstrip("1") for name in parts}}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_ML}.{kind}+xml"/>'
        for name, kind in overrides.items()
    )
    rels = relationships(*((name.rstrip("1"), f"{name}.xml") for name in parts))
    written = {f"word/{name}.xml": _root(_KINDS[name], inner) for name, inner in parts.items()}
    body = "".join(it if it.startswith("<") else p(it) for it in blocks)
    return zipped(
        {
            "[Content_Types].xml": _types(types),
            "_rels/.rels": _root_relationships(),
            "docProps/core.xml": _core(title),
            "word/_rels/document.xml.rels": rels,
            "word/document.xml": _root("document", f"<w:body>{body}{_SECTION}</w:body>"),
            **written,
        }
    )


def _root(name: str, inner: str) -> str:
    return f"<w:{name} {_DECLARED}>{inner}</w:{name}>"


def _types(overrides: str) -> str:
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>{overrides}</Types>'
    )


def _root_relationships() -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/>'
        f'<Relationship Id="r2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
    )


def _core(title: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title, quote=False)}</dc:title><dc:creator>Văn phòng</dc:creator>"
        "</cp:coreProperties>"
    )
