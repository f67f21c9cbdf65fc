"""Công văn gửi kèm: sends the year's documents to the superior, without the name of a type."""

from lxml import etree

from services.assembler.starters.components import END_MARK, Components
from services.assembler.starters.layout import COMMITTEE_EM, Layout
from services.assembler.starters.markup import loop, paragraph
from services.assembler.starters.package import Section, build

TITLE = "Công văn gửi báo cáo tổng kết và hồ sơ khen thưởng"


def cover_letter(layout: Layout) -> bytes:
    """Return the template of the covering letter."""
    page = layout.page()
    shared = Components(layout, page)
    main = [
        *shared.letter_heading(COMMITTEE_EM),
        *shared.addressees(),
        *_text(),
        *shared.signature(),
        paragraph("section_end"),
    ]
    return build(layout, TITLE, [Section(page, main)])


def _text() -> list[etree._Element]:
    return [
        paragraph(
            "body",
            "Thực hiện quy định của pháp luật về thi đua, khen thưởng và sự chỉ đạo của "
            "{{ office.superior_name }}, {{ issuer.name }} đã tổng kết phong trào thi đua yêu nước "
            "và xét khen thưởng năm {{ year }}. {{ issuer.name }} gửi kèm theo Công văn này "
            "{{ enclosures.count }} văn bản sau:",
            keep_with_next=True,
        ),
        *loop(
            "for line in enclosures.lines",
            paragraph("clause", "{{ line.number }} {{ line.text }}"),
        ),
        paragraph(
            "body",
            "Kính đề nghị {{ addressees.called }} xem xét, tổng hợp. Trong quá trình thực hiện, "
            "nếu có nội dung cần bổ sung hoặc làm rõ, đề nghị thông báo để {{ issuer.name }} hoàn "
            "thiện theo quy định" + END_MARK,
            keep_with_next=True,
        ),
    ]
