"""Biên bản họp Hội đồng Thi đua - Khen thưởng, with the vote on every nominee in its annex."""

from lxml import etree

from services.assembler.starters.components import END_MARK, Components
from services.assembler.starters.layout import COUNCIL_EM, SIGNATURE_COLUMNS, Layout, Page
from services.assembler.starters.markup import (
    cell,
    element,
    head_row,
    loop,
    paragraph,
    row,
    row_tag,
    run,
    table,
    tag,
)
from services.assembler.starters.package import Section, build
from vnadmin.recipients import RECIPIENTS_LABEL

TITLE = "Biên bản họp Hội đồng Thi đua - Khen thưởng"
_SUMMARY_COLUMNS = (12, 78, 25, 25, 25)  # millimetres in proportion; they fill the page
_VOTE_COLUMNS = (11, 60, 60, 14, 16, 22, 22, 18, 24)
_FIRST_RECIPIENT = "- Thành viên Hội đồng;"


def council_minutes(layout: Layout) -> bytes:
    """Return the template of minutes; the votes lie across landscape pages."""
    page, votes_page = layout.page(), layout.page(landscape=True)
    shared = Components(layout, page)
    main = [
        *shared.heading(COUNCIL_EM),
        *shared.type_and_abstract(),
        *shared.legal_basis(),
        _labelled("Thời gian bắt đầu:", "{{ minutes.begins }}."),
        _labelled("Địa điểm:", "{{ minutes.place }}."),
        *_attendance(),
        *_proceedings(page),
        *_conclusions(),
        *_signatures(page),
    ]
    annex = [
        *shared.annex_heading(
            votes_page, "Phụ lục", "KẾT QUẢ BIỂU QUYẾT TỪNG TRƯỜNG HỢP ĐỀ NGHỊ KHEN THƯỞNG"
        ),
        _votes(votes_page),
        paragraph("section_end"),
    ]
    return build(layout, TITLE, [Section(page, main), Section(votes_page, annex)])


def _labelled(label: str, text: str, *, keep_with_next: bool = False) -> etree._Element:
    return paragraph("body", run(label, "b"), run(f" {text}"), keep_with_next=keep_with_next)


def _attendance() -> list[etree._Element]:
    return [
        paragraph("numbered_section", "I. THÀNH PHẦN THAM DỰ"),
        _labelled("1. Chủ trì:", "{{ minutes.chair }}."),
        _labelled("2. Thư ký:", "{{ minutes.secretary }}."),
        _labelled(
            "3. Thành viên Hội đồng:",
            "tổng số {{ minutes.members }}, có mặt {{ minutes.present }}, vắng mặt "
            "{{ minutes.absent }}.",
        ),
        paragraph("body", "a) Thành viên có mặt:", keep_with_next=True),
        *loop("for line in minutes.present_lines", paragraph("body", "- {{ line }}")),
        tag("if minutes.absent_lines"),
        paragraph("body", "b) Thành viên vắng mặt (ghi rõ lý do):", keep_with_next=True),
        *loop("for line in minutes.absent_lines", paragraph("body", "- {{ line }}")),
        tag("endif"),
        tag("if minutes.guest_lines"),
        paragraph("clause_heading", "4. Đại biểu mời dự"),
        *loop("for line in minutes.guest_lines", paragraph("body", "- {{ line }}")),
        tag("endif"),
    ]


def _proceedings(page: Page) -> list[etree._Element]:
    return [
        paragraph("numbered_section", "II. NỘI DUNG CUỘC HỌP"),
        *_agenda(),
        paragraph("clause_heading", "2. Báo cáo tổng hợp đề nghị khen thưởng"),
        paragraph(
            "body",
            "Thư ký báo cáo: {{ minutes.units }} ngành, đoàn thể, đơn vị đã đề nghị khen thưởng "
            "năm {{ year }} cho {{ minutes.proposals }}; họ tên, đơn vị của từng trường hợp nêu "
            "tại Phụ lục kèm theo Biên bản này. Hội đồng đối chiếu tiêu chuẩn, điều kiện và thành "
            "tích của từng trường hợp theo quy định của pháp luật về thi đua, khen thưởng.",
        ),
        paragraph("clause_heading", "3. Ý kiến thảo luận"),
        *loop("for line in minutes.opinions", paragraph("body", "- {{ line }}")),
        paragraph("clause_heading", "4. Kết quả biểu quyết"),
        paragraph(
            "body",
            "Hình thức biểu quyết: {{ minutes.method }}. Trường hợp được thông qua khi số phiếu "
            "tán thành đạt từ {{ minutes.needed }}% tổng số thành viên Hội đồng trở lên, theo quy "
            "chế hoạt động của Hội đồng.",
        ),
        paragraph("body", "Kết quả tổng hợp như sau:", keep_with_next=True),
        _summary(page),
        paragraph("gap"),
    ]


def _agenda() -> list[etree._Element]:
    return [
        paragraph("clause_heading", "1. Chương trình"),
        paragraph("body", "a) Nghe báo cáo tổng hợp các đề nghị khen thưởng năm {{ year }};"),
        paragraph(
            "body",
            "b) Thảo luận về tiêu chuẩn, điều kiện, thành tích của từng tập thể, hộ gia đình, cá "
            "nhân;",
        ),
        paragraph("body", "c) Biểu quyết từng trường hợp, kiểm phiếu và công bố kết quả;"),
        paragraph("body", "d) Kết luận, thông qua Biên bản."),
    ]


def _summary(page: Page) -> etree._Element:
    """Return proposed, passed and failed of each award and kind of nominee, then of all."""
    widths = page.columns(_SUMMARY_COLUMNS)
    heads = ("TT", "Danh hiệu, hình thức khen thưởng", "Số đề nghị", "Thông qua", "Không thông qua")
    outcomes = ("proposed", "passed", "failed")
    return table(
        widths,
        [
            head_row(widths, heads),
            row_tag("for award in minutes.awards", widths),
            row(
                cell(widths[0], paragraph("table_head", "{{ award.label }}")),
                cell(sum(widths[1:]), paragraph("table_group", "{{ award.title }}"), span=4),
            ),
            row_tag("for group in award.groups", widths),
            row(
                cell(widths[0], paragraph("table_centre", "{{ group.label }}")),
                cell(widths[1], paragraph("table_text", "{{ group.title }}")),
                *_cells("table_centre", widths[2:], "group", outcomes),
            ),
            row_tag("endfor", widths),
            row_tag("endfor", widths),
            row(
                cell(sum(widths[:2]), paragraph("table_head", "Tổng cộng"), span=2),
                *_cells("table_head", widths[2:], "minutes.total", outcomes),
            ),
        ],
        borders=True,
    )


def _conclusions() -> list[etree._Element]:
    return [
        paragraph("numbered_section", "III. KẾT LUẬN"),
        paragraph("body", "Căn cứ kết quả biểu quyết, Hội đồng thống nhất:", keep_with_next=True),
        *loop("for line in minutes.conclusions", paragraph("body", "{{ line }}")),
        _labelled("Thời gian kết thúc:", "{{ minutes.ends }}.", keep_with_next=True),
        paragraph(
            "body",
            "Biên bản đã được đọc cho các thành viên dự họp cùng nghe và thống nhất thông qua"
            + END_MARK,
            keep_with_next=True,
        ),
    ]


def _signatures(page: Page) -> list[etree._Element]:
    """Return secretary and chair side by side, then who receives it; never split."""
    widths = page.columns(SIGNATURE_COLUMNS)
    left, right = widths
    titles = row(
        cell(left, paragraph("signing_power", "THƯ KÝ", keep_with_next=True)),
        cell(
            right,
            paragraph("signing_power", "CHỦ TRÌ", keep_with_next=True),
            paragraph("signing_power", "{{ minutes.chair_title }}", keep_with_next=True),
        ),
    )
    room = row(*(cell(it, paragraph("signature_space", keep_with_next=True)) for it in widths))
    names = row(
        _at_bottom(left, paragraph("signer_name", "{{ minutes.secretary_name }}")),
        _at_bottom(
            right,
            *loop("for line in signature.host_lines", paragraph("signing_power", "{{ line }}")),
            paragraph("signer_name", "{{ signature.name }}"),
        ),
    )
    return [
        paragraph("gap", keep_with_next=True),
        table(widths, [titles, room, names], borders=False),
        paragraph("gap", keep_with_next=True),
        paragraph("recipients_label", RECIPIENTS_LABEL, keep_with_next=True),
        paragraph("recipients", _FIRST_RECIPIENT, keep_with_next=True),
        *loop("for line in recipients", paragraph("recipients", "{{ line }}")),
    ]


def _at_bottom(width: int, *content: etree._Element) -> etree._Element:
    aligned = cell(width, *content)
    aligned[0].append(element("vAlign", val="bottom"))
    return aligned


def _votes(page: Page) -> etree._Element:
    widths = page.columns(_VOTE_COLUMNS)
    heads = (
        "TT",
        "Họ và tên, tên tập thể, hộ gia đình",
        "Chức vụ, đơn vị",
        "Có mặt",
        "Tán thành",
        "Không tán thành",
        "Vắng, không biểu quyết",
        "Tỷ lệ",
        "Kết quả",
    )
    votes = ("present", "in_favour", "against", "absent", "percent", "outcome")
    return table(
        widths,
        [
            head_row(widths, heads),
            row_tag("for award in minutes.awards", widths),
            row(
                cell(widths[0], paragraph("table_head", "{{ award.label }}")),
                cell(
                    sum(widths[1:]),
                    paragraph("table_group", "{{ award.title }} ({{ award.count_line }})"),
                    span=8,
                ),
            ),
            row_tag("for group in award.groups", widths),
            row(
                cell(widths[0], paragraph("table_head", "{{ group.label }}")),
                cell(
                    sum(widths[1:]),
                    paragraph("table_group", "{{ group.title }} ({{ group.proposed }})"),
                    span=8,
                ),
            ),
            row_tag("for row in group.rows", widths),
            row(
                cell(widths[0], paragraph("table_centre", "{{ row.number }}")),
                cell(widths[1], paragraph("table_text", "{{ row.name }}")),
                cell(widths[2], paragraph("table_text", "{{ row.place }}")),
                *_cells("table_centre", widths[3:], "row", votes),
            ),
            row_tag("endfor", widths),
            row_tag("endfor", widths),
            row_tag("endfor", widths),
        ],
        borders=True,
    )


def _cells(
    style: str, widths: tuple[int, ...], item: str, keys: tuple[str, ...]
) -> list[etree._Element]:
    return [
        cell(width, paragraph(style, f"{{{{ {item}.{key} }}}}"))
        for width, key in zip(widths, keys, strict=True)
    ]
