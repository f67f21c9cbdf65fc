import pytest

from vnadmin.recipients import InvalidRecipient, Recipient, addressee_lines, recipient_lines

BOARD = Recipient("Ban Thi đua - Khen thưởng huyện", is_addressee=True, office_code="dinh-hoa")
COMMITTEE = Recipient("Ủy ban nhân dân huyện", is_addressee=True)
VILLAGES = Recipient("09 xóm")
FILE = Recipient("VT", is_file_copy=True)


def test_one_addressee_stands_on_the_line_of_the_label():
    assert addressee_lines([BOARD, VILLAGES, FILE]) == ("Ban Thi đua - Khen thưởng huyện",)


def test_several_addressees_have_a_line_each():
    assert addressee_lines([BOARD, COMMITTEE]) == (
        "- Ban Thi đua - Khen thưởng huyện;",
        "- Ủy ban nhân dân huyện.",
    )


def test_a_document_may_have_no_addressee():
    assert addressee_lines([VILLAGES, FILE]) == ()


def test_addressees_are_named_as_above_and_the_file_copy_comes_last():
    assert recipient_lines([FILE, BOARD, VILLAGES]) == (
        "- Như trên;",
        "- 09 xóm;",
        "- Lưu: VT.",
    )


@pytest.mark.parametrize(
    ("labels", "last"),
    [
        ([], "- Lưu: VT."),
        (["VT"], "- Lưu: VT."),
        (["Lưu: VT, VHXH."], "- Lưu: VT, VHXH."),
        (["VHXH"], "- Lưu: VT, VHXH."),
        (["VT", "VHXH (3b)"], "- Lưu: VT, VHXH (3b)."),
        (["VTX"], "- Lưu: VT, VTX."),
    ],
)
def test_the_registry_always_keeps_a_file_copy(labels, last):
    copies = [Recipient(label, is_file_copy=True) for label in labels]

    assert recipient_lines([VILLAGES, *copies]) == ("- 09 xóm;", last)


def test_a_decision_begins_with_those_named_in_its_articles():
    assert recipient_lines([Recipient("- Như Điều 3;"), FILE])[0] == "- Như Điều 3;"


@pytest.mark.parametrize("label", ["", " ; ", "-"])
def test_a_recipient_has_a_name(label):
    with pytest.raises(InvalidRecipient, match="không có nội dung"):
        Recipient(label)


def test_a_file_copy_has_a_place():
    with pytest.raises(InvalidRecipient, match="không có nội dung"):
        Recipient("Lưu:", is_file_copy=True)


def test_nobody_is_both_addressee_and_file_copy():
    with pytest.raises(InvalidRecipient, match="vừa là"):
        Recipient("VT", is_addressee=True, is_file_copy=True)
