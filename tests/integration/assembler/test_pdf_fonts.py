"""The fonts of this machine, asked of the real fontconfig."""

import pytest

from services.assembler.rendering.pdf.fonts import FontFault, look_at_fonts
from tests.support.word_packages import paragraph, word_file

pytestmark = pytest.mark.libreoffice


def test_this_machine_has_the_prescribed_letters():
    found = look_at_fonts()

    assert found.fault is FontFault.NONE, found.summary


def test_what_is_found_is_what_libreoffice_takes(libreoffice):
    text = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/>'

    pdf = libreoffice.convert(word_file(paragraph("Độc lập", properties=text)))

    assert look_at_fonts().family.replace(" ", "").encode() in pdf.data
    assert pdf.notice == ""
