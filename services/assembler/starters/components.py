"""The components of form that every document shares, each built once."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

from lxml import etree

from kernel.contracts.boxes import DATE, NUMBER, PLACE, SYMBOL
from services.assembler.starters.layout import (
    HEADING_COLUMNS,
    MOTTO_EM,
    SIGNATURE_COLUMNS,
    Layout,
    Page,
)
from services.assembler.starters.markup import (
    cell,
    control,
    loop,
    paragraph,
    row,
    rule,
    run,
    table,
    tag,
)
from vnadmin.recipients import ADDRESSEES_LABEL, RECIPIENTS_LABEL

DRAFT_NUMBER = "……"
DRAFT_DATE = "ngày … tháng … năm {{ document.year }}"
END_MARK = "./."
# The rule below the abstract: its text line, whatever it says, fills about this share of a page.
_ABSTRACT_EM = Fraction(28)


def article(number: int, text: str, *, is_last: bool = False) -> etree._Element:
    """Return one article (Điều) of a decision; the last one stays with the signature."""
    label = run(f"Điều {number}.", "b")
    return paragraph("article", label, run(f" {text}"), keep_with_next=is_last)


class Components:
    """Builds the components for one template; content controls are numbered as they come."""

    def __init__(self, layout: Layout, page: Page) -> None:
        self._layout, self._page = layout, page
        self._control_numbers: Iterator[int] = count(710_001)

    def letter_heading(self, issuer_line_em: Fraction) -> list[etree._Element]:
        """Return the heading of an official letter: what it is about stands under the number."""
        abstract = paragraph("letter_abstract", "{{ document.subject }}")
        return [*self.heading(issuer_line_em, abstract), paragraph("gap"), paragraph("gap")]

    def heading(
        self, issuer_line_em: Fraction, *below_number: etree._Element
    ) -> list[etree._Element]:
        """Return cells 1 to 4 of the decree's diagram: issuer and number, Quốc hiệu and date."""
        left, right = self._page.columns(HEADING_COLUMNS)
        wording = self._layout.edition.heading
        issuer = [
            *loop("for line in issuer.superior_lines", paragraph("superior_body", "{{ line }}")),
            *loop("for line in issuer.lines", paragraph("issuing_body", "{{ line }}")),
            rule(self._layout.rule_below("issuing_body", issuer_line_em), left),
        ]
        national = [
            paragraph("national_name", wording.national_name),
            paragraph("motto", wording.motto),
            rule(self._layout.rule_below("motto", MOTTO_EM), right),
        ]
        number = paragraph("number_and_symbol", "Số: ", self._number(), run("/"), self._symbol())
        date = paragraph("place_and_date", self._place(), run(", "), self._date())
        rows = [
            row(cell(left, *issuer), cell(right, *national)),
            row(cell(left, number, *below_number), cell(right, date)),
        ]
        return [table((left, right), rows, borders=False)]

    def type_and_abstract(self) -> list[etree._Element]:
        """Return cell 5a: the type of document, what it is about, the rule below."""
        length = self._layout.rule_below("abstract", _ABSTRACT_EM)
        return [
            paragraph("type_name", "{{ document.heading }}"),
            paragraph("abstract", "{{ document.subject }}"),
            rule(length, self._page.text_width, "rule_with_gap"),
        ]

    def addressees(self) -> list[etree._Element]:
        """Return cell 9a: one addressee on the line of the label, several each on its own."""
        return [
            *loop(
                "if addressees.single",
                paragraph("addressees", f"{ADDRESSEES_LABEL} {{{{ addressees.single }}}}"),
                paragraph("gap"),
            ),
            tag("if addressees.lines"),
            paragraph("addressees", ADDRESSEES_LABEL),
            *loop("for line in addressees.lines", paragraph("addressee", "{{ line }}")),
            paragraph("gap"),
            tag("endif"),
        ]

    def legal_basis(self) -> list[etree._Element]:
        """Return the legal bases, one paragraph each."""
        return loop("for line in legal_basis", paragraph("legal_basis", "{{ line }}"))

    def signature(self, first_recipient: str = "") -> list[etree._Element]:
        """Return cells 7 and 9b side by side, never split and never alone on a page."""
        left, right = self._page.columns(SIGNATURE_COLUMNS)
        receive = [paragraph("recipients_label", RECIPIENTS_LABEL)]
        if first_recipient:
            receive.append(paragraph("recipients", first_recipient))
        receive += loop("for line in recipients", paragraph("recipients", "{{ line }}"))
        sign = [
            *loop("for line in signature.lines", paragraph("signing_power", "{{ line }}")),
            paragraph("signature_space"),
            *loop("for line in signature.host_lines", paragraph("signing_power", "{{ line }}")),
            paragraph("signer_name", "{{ signature.name }}"),
        ]
        side_by_side = row(cell(left, *receive), cell(right, *sign))
        return [
            paragraph("gap", keep_with_next=True),
            table((left, right), [side_by_side], borders=False),
        ]

    def annex_heading(self, page: Page, label: str, title: str) -> list[etree._Element]:
        """Return label, title and reference line of an annex, with the number still to come."""
        reference = paragraph(
            "annex_reference",
            "(Kèm theo {{ document.type_name }} số ",
            self._number(),
            run("/"),
            self._symbol(),
            run(" "),
            self._date(),
            run(" của {{ document.issued_by }})"),
        )
        length = self._layout.rule_below("abstract", _ABSTRACT_EM)
        return [
            paragraph("annex_label", label),
            paragraph("annex_title", title),
            reference,
            rule(length, page.text_width, "rule_with_gap"),
        ]

    def _number(self) -> etree._Element:
        return self._control(NUMBER, "Số văn bản", DRAFT_NUMBER)

    def _symbol(self) -> etree._Element:
        return self._control(SYMBOL, "Ký hiệu văn bản", "{{ document.symbol }}")

    def _place(self) -> etree._Element:
        return self._control(PLACE, "Địa danh", "{{ office.place }}")

    def _date(self) -> etree._Element:
        return self._control(DATE, "Thời gian ban hành", DRAFT_DATE)

    def _control(self, tag_name: str, title: str, text: str) -> etree._Element:
        return control(tag_name, title, text, number=next(self._control_numbers))
