import pytest

from vnadmin import signing
from vnadmin.signing import InvalidSigner, SignatureBlock, SigningPower, signer_name

NAME = "Lưu Viết Viên"


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (signing.head("Chủ tịch", NAME), ("CHỦ TỊCH",)),
        (signing.acting_head("Chủ tịch", NAME), ("Q. CHỦ TỊCH",)),
        (
            signing.collective("Ủy ban nhân dân", "Chủ tịch", NAME),
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
        ),
        (
            signing.deputy("Chủ tịch", "Phó Chủ tịch", NAME),
            ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (
            signing.deputy("Chủ tịch", "Phó Chủ tịch", NAME, collective_body="Ủy ban nhân dân"),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
        (
            signing.by_order("Chủ tịch", "Chánh Văn phòng", NAME),
            ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
        ),
        (
            signing.by_authorisation("Chủ tịch", "Trưởng phòng", NAME),
            ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"),
        ),
    ],
)
def test_each_power_has_its_own_block(block, lines):
    assert block == SignatureBlock(power_lines=lines, host_title=None, name=NAME)


def test_a_council_under_the_seal_of_its_host_shows_both_titles():
    block = signing.advisory_council(
        "Hội đồng", "Chủ tịch", NAME, host_title="Chủ tịch Ủy ban nhân dân xã Linh Thông"
    )

    assert block == SignatureBlock(
        power_lines=("TM. HỘI ĐỒNG", "CHỦ TỊCH"),
        host_title="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG",
        name=NAME,
    )


def test_a_council_without_that_seal_shows_only_its_own_title():
    block = signing.advisory_council("Hội đồng", "Chủ tịch", NAME, host_title=None)

    assert block.host_title is None


def test_a_deputy_signs_for_the_head_of_the_council():
    block = signing.advisory_council(
        "Hội đồng",
        "Chủ tịch",
        NAME,
        host_title="Phó Chủ tịch Ủy ban nhân dân xã Linh Thông",
        deputy_title="Phó Chủ tịch",
    )

    assert block.power_lines == ("TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    assert block.host_title == "PHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG"


def test_the_marks_are_those_of_the_decree():
    assert [power.mark for power in SigningPower] == ["", "TM.", "Q.", "KT.", "TL.", "TUQ."]


@pytest.mark.parametrize(
    "name",
    [
        "TS. Lưu Viết Viên",
        "ThS Lưu Viết Viên",
        "PGS.TS. Lưu Viết Viên",
        "PGS, TS Lưu Viết Viên",
        "Tiến sĩ Lưu Viết Viên",
        "thạc sỹ Lưu Viết Viên",
        "Nhà giáo ưu tú Lưu Viết Viên",
        "NGƯT. Lưu Viết Viên",
    ],
)
def test_no_academic_or_honorary_title_stands_before_a_name(name):
    with pytest.raises(InvalidSigner, match="học hàm"):
        signing.head("Chủ tịch", name)


@pytest.mark.parametrize("name", ["Tiền Sĩ Hùng", "Bá Tiến Sĩ", "Thạch Sĩ Long", "Lưu Viết Viên"])
def test_names_that_only_resemble_a_title_are_kept(name):
    assert signer_name(f" {name} ") == name


@pytest.mark.parametrize("wrong", ["", "   "])
def test_a_block_lacks_neither_title_nor_name(wrong):
    with pytest.raises(InvalidSigner, match="Thiếu"):
        signing.head(wrong, NAME)
    with pytest.raises(InvalidSigner, match="Thiếu"):
        signing.head("Chủ tịch", wrong)
