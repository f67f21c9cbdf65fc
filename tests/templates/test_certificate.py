"""The giấy khen: one sheet across, dignified with and without its frame, whatever stands on it."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from ooxml.package import open_package
from ooxml.xml import w
from services.assembler.domain.certificates import certificates
from services.assembler.rendering.docx import render
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.starters.layout import mm
from tests.builders.dossiers import a_dossier, a_nomination, a_sector
from tests.builders.samples import TEMPLATES, longest
from tests.support.wordml import WordDocument

ON = date(2024, 1, 15)
TEMPLATE = TemplateLibrary(TEMPLATES).get("commendation_certificate")
FIXED = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "TẶNG", "GIẤY KHEN")
WORDS = "Chi hội trưởng kiêm Trưởng ban Công tác Mặt trận khu dân cư xóm Thượng Nguyên, " * 30


def a_certificate(**options):
    """Return the only item of a long-named office whose deputy signs for its head."""
    content = longest().content
    signer = replace(content.office.signer, power="KT. CHỦ TỊCH", title="PHÓ CHỦ TỊCH")
    nominee = options.pop("nominee", a_nomination())
    dossier = a_dossier(
        content,
        office=replace(content.office, signer=signer),
        sectors=(a_sector(nominations=(nominee,)),),
    )
    (item,) = certificates(dossier, award_code="commune_commendation", on=ON, **options)
    return item


def printed(**options):
    return render(TEMPLATE.data, a_certificate(**options).context)


def lines(data):
    return [look.text for look in WordDocument(data).paragraphs() if look.text]


def test_the_texts_stand_in_the_order_of_a_giay_khen():
    said = lines(render(TEMPLATE.data, TEMPLATE.samples["typical"]))

    assert said == [
        *FIXED[:2],
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG",
        *FIXED[2:],
        "Ông (Bà):",
        TEMPLATE.samples["typical"]["awardee"]["name"],
        TEMPLATE.samples["typical"]["awardee"]["place"],
        TEMPLATE.samples["typical"]["awardee"]["achievement"],
        "Theo Quyết định số 07/QĐ-UBND",
        "ngày 15 tháng 01 năm 2024",
        "Vào sổ khen thưởng số 20",
        "Linh Thông, ngày 15 tháng 01 năm 2024",
        "CHỦ TỊCH",
        "Lưu Viết Viên",
    ]


def test_stock_shows_neither_the_frame_nor_the_fixed_texts_and_nothing_moves():
    full, on_stock = printed(), printed(on_stock=True)

    assert set(lines(full)) - set(lines(on_stock)) == set(FIXED)
    heights = [
        [height.get(w("val")) for height in WordDocument(data).body.iter(w("trHeight"))]
        for data in (full, on_stock)
    ]
    assert heights[0] == heights[1]
    drawings = [
        len(list(open_package(data).tree("word/header1.xml").iter(w("drawing"))))
        for data in (full, on_stock)
    ]
    assert drawings[0] > 5
    assert drawings[1] == 0


def test_the_sheet_is_one_section_across_with_equal_sides_and_no_page_number():
    document = WordDocument(TEMPLATE.data)

    (section,) = document.sections()
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    assert [int(size.get(w(side))) for side in ("w", "h")] == [mm(297), mm(210)]
    assert size.get(w("orient")) == "landscape"
    assert margins.get(w("left")) == margins.get(w("right"))
    for name in document.package.parts_of_kind("document", "header"):
        assert list(document.package.tree(name).iter(w("instrText"))) == []


def test_the_frame_is_drawn_without_an_image():
    parts = open_package(TEMPLATE.data).parts

    assert [name for name in parts if "media" in name] == []


def test_the_name_stands_out_and_giay_khen_stands_above_all():
    looks = {look.style: look for look in WordDocument(TEMPLATE.data).paragraphs()}

    heading = looks.pop("certificate_heading").half_points
    assert heading > max(look.half_points for look in looks.values())
    for size in ("large", "medium", "small"):
        name, text = looks[f"certificate_name_{size}"], looks[f"certificate_text_{size}"]
        assert name.bold
        assert name.half_points > text.half_points


def test_the_file_opens_in_python_docx():
    data = printed()
    assert len(Document(BytesIO(data)).sections) == 1


@pytest.mark.libreoffice
@pytest.mark.parametrize("size", ["large", "medium", "small"])
@pytest.mark.parametrize(("name", "place"), [(30, 60), (45, 0), (75, 90)])
def test_what_only_just_fits_a_size_stays_on_one_page(size, name, place, libreoffice):
    fitting = [
        item
        for letters in range(20, 900, 5)
        if (item := _with_letters(name, place, letters)).context["awardee"]["size"] == size
        and not item.warning
    ]
    assert fitting

    document = render(TEMPLATE.data, fitting[-1].context)
    pdf = libreoffice.convert(document)

    assert pdf.pages == 1


def _with_letters(name, place, achievement):
    return a_certificate(
        nominee=a_nomination(
            name=WORDS[:name].strip(),
            title="",
            unit=WORDS[:place].strip(),
            achievement=WORDS[:achievement].strip(),
        )
    )
