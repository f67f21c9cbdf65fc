"""Documents as offices type them in Word: a table for the heading, direct formatting, no styles."""

from dataclasses import dataclass, field, replace
from typing import Any

from ooxml.package import open_package
from ooxml.reading import read_document
from ooxml.structure import Document
from tests.support.word_packages import (
    W,
    content_types,
    document_xml,
    parts_of,
    relationships,
    zipped,
)

_ML = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_FONT = "Times New Roman"
LONG = (
    "Tặng Giấy khen cho 19 tập thể và 70 cá nhân đã có thành tích xuất sắc trong phong trào thi "
    "đua yêu nước năm 2023 trên địa bàn xã (có danh sách kèm theo)./."
)
STYLES = (
    f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:cs="{_FONT}"/><w:sz w:val="28"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    "{more}</w:styles>"
)
SECTION: dict[str, Any] = {
    "width": 11906, "height": 16838, "top": 1134, "bottom": 1134, "left": 1701, "right": 850,
    "begins": "nextPage", "start": "", "title_page": "<w:titlePg/>",
    "headers": (("default", "rHeader"),), "footers": (),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class P:
    """A paragraph of one run, in points and twips."""

    text: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "center"
    first_line: int = 0
    after: int = 0
    line: int = 240
    line_rule: str = "auto"
    run: str = ""
    paragraph: str = ""
    runs: str = ""
    """Whole runs in place of the text."""
    style: str = ""

    def xml(self) -> str:
        style = f'<w:pStyle w:val="{self.style}"/>' if self.style else ""
        properties = (
            f'{style}{self.paragraph}<w:spacing w:after="{self.after}" w:line="{self.line}" '
            f'w:lineRule="{self.line_rule}"/><w:ind w:firstLine="{self.first_line}"/>'
            f'<w:jc w:val="{self.align}"/>'
        )
        content = self.runs or run(self.text, self.size, self.bold, self.italic, self.run)
        return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def run(
    text: str, size: float = 14, bold: bool = False, italic: bool = False, more: str = ""
) -> str:
    """Return a run; breaks and tabs are written as Word does."""
    marks = "<w:b/>" * bold + "<w:i/>" * italic
    pieces = text.replace("\n", "</w:t><w:br/><w:t>").replace("\t", "</w:t><w:tab/><w:t>")
    properties = f'<w:rPr>{more}{marks}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return f'<w:r>{properties}<w:t xml:space="preserve">{pieces}</w:t></w:r>'


def sentence(text: str = LONG, **changes: Any) -> P:
    """Return a paragraph of the content, set as the decree asks."""
    settings = {"align": "both", "first_line": 720, "after": 120, "line": 276}
    return P(text=text, **{**settings, **changes})


def article(number: int, text: str = LONG, *, bold: bool = True) -> P:
    """Return "Điều 1." with its sentence."""
    return sentence(text, runs=run(f"Điều {number}. ", bold=bold) + run(text))


LINE = '<w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:pBdr>'
RULE = P(text="", paragraph=LINE)
BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
    "Theo đề nghị của Hội đồng Thi đua - Khen thưởng xã.",
)
DECISION: dict[str, P | tuple[P, ...]] = {
    "superior": P(text="ỦY BAN NHÂN DÂN HUYỆN ĐỊNH HÓA", size=12),
    "issuer": P(text="ỦY BAN NHÂN DÂN XÃ LINH THÔNG", size=12, bold=True),
    "issuer_rule": RULE,
    "national": P(text="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, bold=True),
    "motto": P(text="Độc lập - Tự do - Hạnh phúc", size=13, bold=True),
    "motto_rule": RULE,
    "number": P(text="Số: 07/QĐ-UBND", size=13),
    "below_number": (),
    "date": P(text="Linh Thông, ngày 05 tháng 01 năm 2024", size=13, italic=True),
    "type": P(text="QUYẾT ĐỊNH", bold=True),
    "abstract": P(text="Về việc tặng Giấy khen cho các tập thể, cá nhân", bold=True),
    "abstract_rule": RULE,
    "authority": P(text="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG", bold=True),
    "addressees": (),
    "bases": tuple(sentence(text, italic=True) for text in BASES),
    "decides": P(text="QUYẾT ĐỊNH:", bold=True),
    "body": (article(1), article(2)),
    "recipients_label": P(text="Nơi nhận:", size=12, bold=True, italic=True, align="left"),
    "recipients": (
        P(text="- Như Điều 2;", size=11, align="left"),
        P(text="- Lưu: VT.", size=11, align="left"),
    ),
    "power": (P(text="KT. CHỦ TỊCH", bold=True), P(text="PHÓ CHỦ TỊCH", bold=True)),
    "space": (P(text=""), P(text="")),
    "signer": P(text="Lưu Viết Viên", bold=True),
    "after": (),
}  # fmt: skip
LETTER = DECISION | {
    "number": P(text="Số: 12/UBND-VX", size=13),
    "below_number": (P(text="V/v tổng kết phong trào thi đua năm 2023", size=12),),
    "type": (), "abstract": (), "abstract_rule": (), "authority": (), "decides": (), "bases": (),
    "addressees": (P(text="Kính gửi: Sở Nội vụ tỉnh Thái Nguyên"),),
    "body": (sentence(), sentence()),
}  # fmt: skip
MINUTES = DECISION | {
    "number": P(text="Số: 03/BB-UBND", size=13),
    "date": (), "authority": (), "decides": (), "bases": (),
    "type": P(text="BIÊN BẢN", bold=True),
    "abstract": P(text="Họp xét khen thưởng năm 2023", bold=True),
    "body": (sentence(), sentence()),
}  # fmt: skip
CERTIFICATE: dict[str, P | tuple[P, ...]] = dict.fromkeys(DECISION, ()) | {
    "national": P(text="CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=16, bold=True),
    "motto": P(text="Độc lập - Tự do - Hạnh phúc", size=16, bold=True),
    "motto_rule": RULE,
    "authority": P(text="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG", size=18, bold=True),
    "type": P(text="GIẤY KHEN", size=40, bold=True, run='<w:color w:val="FF0000"/>'),
    "body": (P(text="Tặng ông Nguyễn Văn A, đã có thành tích xuất sắc trong phong trào thi đua yêu "
               "nước năm 2023 của xã Linh Thông", size=18),),
    "date": P(text="Linh Thông, ngày 05 tháng 01 năm 2024", italic=True),
    "power": (P(text="TM. ỦY BAN NHÂN DÂN", size=15, bold=True),),
}  # fmt: skip
ANNEX = {
    "label": P(text="Phụ lục I", bold=True),
    "title": P(text="DANH SÁCH KHEN THƯỞNG", bold=True),
    "reference": P(
        text="(Kèm theo Quyết định số 07/QĐ-UBND ngày 05 tháng 01 năm 2024)", italic=True
    ),
}


@dataclass(frozen=True, kw_only=True)
class OfficeDocument:
    """Pieces of a document by name, a change to a piece being a whole one or some of its fields."""

    pieces: dict[str, Any] = field(default_factory=lambda: DECISION)
    section: dict[str, Any] = field(default_factory=dict)
    header: str = ""
    footer: str = ""
    styles: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    """Further parts, whole."""

    def with_(self, **changes: Any) -> "OfficeDocument":
        pieces = {
            name: replace(self.pieces[name], **change) if isinstance(change, dict) else change
            for name, change in changes.items()
        }
        return replace(self, pieces={**self.pieces, **pieces})

    def data(self) -> bytes:
        return zipped(self._parts())

    def read(self) -> Document:
        return read_document(open_package(self.data()))

    def _parts(self) -> dict[str, Any]:
        header = self.header or page_number()
        kinds = {"header": header, "footer": self.footer or "<w:p/>", "first": "<w:p/>"}
        bodies = {f"word/{name}1.xml": content for name, content in kinds.items()}
        bands = {
            name: f"<w:{'ftr' if 'footer' in name else 'hdr'} {W}>{content}"
            f"</w:{'ftr' if 'footer' in name else 'hdr'}>"
            for name, content in bodies.items()
        }
        types = (
            ("word/styles.xml", f"{_ML}.styles+xml"),
            ("word/first1.xml", f"{_ML}.header+xml"),
            ("word/settings.xml", f"{_ML}.settings+xml"),
            ("word/numbering.xml", f"{_ML}.numbering+xml"),
        )
        relations = (
            ("styles", "styles.xml"), ("header", "header1.xml"), ("header", "first1.xml"),
            ("footer", "footer1.xml"), ("settings", "settings.xml"), ("theme", "theme1.xml"),
            ("numbering", "numbering.xml"),
        )  # fmt: skip
        return {
            **parts_of(),
            "[Content_Types].xml": content_types(*types),
            "word/_rels/document.xml.rels": relationships(*relations),
            "word/document.xml": document_xml(self._body()).replace(W, f"{W} {_R}", 1),
            "word/styles.xml": STYLES.format(more=self.styles),
            **bands,
            **self.parts,
        }

    def _body(self) -> str:
        p = {name: _joined(piece) for name, piece in self.pieces.items()}
        left = p["superior"] + p["issuer"] + p["issuer_rule"]
        right = p["national"] + p["motto"] + p["motto_rule"]
        heading = table([[left, right], [p["number"] + p["below_number"], p["date"]]])
        text = "".join(
            p[name]
            for name in ("type", "abstract", "abstract_rule", "addressees", "authority", "bases",
                         "decides", "body")
        )  # fmt: skip
        signing = p["power"] + p["space"] + p["signer"]
        foot = table([[p["recipients_label"] + p["recipients"], signing]])
        return heading + text + foot + p["after"] + section(**self.section)


def table(rows: list[list[str]], *, borders: str = "") -> str:
    """Return a table of cells that hold paragraphs."""
    cells = ["".join(f"<w:tc>{cell or '<w:p/>'}</w:tc>" for cell in row) for row in rows]
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{body}</w:tbl>"


def bordered(rows: list[list[str]]) -> str:
    """Return a table with lines, which holds data."""
    lines = '<w:tblBorders><w:top w:val="single"/><w:insideH w:val="single"/></w:tblBorders>'
    return table(rows, borders=lines)


def section(**changes: Any) -> str:
    """Return w:sectPr."""
    s = {**SECTION, **changes}
    ids = {"rHeader": "r1", "rFirst": "r2", "rFooter": "r3"}
    references = "".join(
        f'<w:{side[:-1]}Reference w:type="{kind}" r:id="{ids[target]}"/>'
        for side in ("headers", "footers")
        for kind, target in s[side]
    )
    return (
        f'<w:sectPr>{references}<w:type w:val="{s["begins"]}"/>'
        f'<w:pgSz w:w="{s["width"]}" w:h="{s["height"]}"/>'
        f'<w:pgMar w:top="{s["top"]}" w:bottom="{s["bottom"]}" w:left="{s["left"]}" '
        f'w:right="{s["right"]}"/>{s["start"]}{s["title_page"]}</w:sectPr>'
    )


def section_break(**changes: Any) -> str:
    """Return the empty paragraph that ends a section."""
    return f"<w:p><w:pPr>{section(**changes)}</w:pPr></w:p>"


def page_number(*, align: str = "center", size: int = 28, more: str = "", around: str = "") -> str:
    """Return a header that holds the number of the page."""
    properties = f'<w:rPr>{more}<w:sz w:val="{size}"/></w:rPr>'
    begin, middle, end = (
        f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "separate", "end")
    )
    code = f"<w:r>{properties}<w:instrText> PAGE </w:instrText></w:r>"
    shown = f"<w:r>{properties}<w:t>2</w:t></w:r>"
    jc = f'<w:pPr><w:jc w:val="{align}"/></w:pPr>'
    return f"<w:p>{jc}{around}{begin}{code}{middle}{shown}{end}</w:p>"


def _joined(piece: Any) -> str:
    if isinstance(piece, str):
        return piece
    return "".join(it.xml() for it in ((piece,) if isinstance(piece, P) else piece))
