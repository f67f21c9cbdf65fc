"""How the foot of a document is known: recipients and signature, in a table or without one."""

import pytest

from tests.builders.office_documents import OfficeDocument, P
from vnadmin.checks.layout import check_layout
from vnadmin.checks.roles import recognised
from vnadmin.editions import load

ND30 = load()
decision = OfficeDocument()


def rules(document):
    return [it.rule for it in check_layout(document.read(), ND30)]


def roles(document):
    return {line.text: line.role for line in recognised(document.read(), ND30)[1] if line.text}


def test_a_signature_without_a_table_is_known_by_its_mark():
    lines = (P(text="TM. ỦY BAN NHÂN DÂN"), P(text="CHỦ TỊCH", bold=True), P(text="Lưu Viết Viên"))
    document = decision.with_(recipients_label=(), recipients=(), power=(), signer=(), after=lines)

    assert rules(document) == ["layout-missing", "layout-bold"]


@pytest.mark.parametrize(
    ("label", "power", "signer", "name"),
    [
        # A draft has a title and no name yet; a stamp of a signature is no title.
        ("Nơi nhận:", "CHỦ TỊCH", (), "CHỦ TỊCH"),
        ("Nơi nhận:", "CHỦ TỊCH", P(text="(Đã ký)", size=10), "CHỦ TỊCH"),
    ],
)
def test_what_stands_beside_the_recipients_is_the_signature(label, power, signer, name):
    document = decision.with_(
        recipients_label={"text": label}, power=P(text=power, bold=True), signer=signer
    )

    assert roles(document)[name] == "signing_power"
    assert rules(document) == []


def test_recipients_without_a_table_end_where_the_dashes_end():
    label = P(text="Nơi nhận:", size=12, bold=True, italic=True, align="left")
    lines = tuple(P(text=text, size=12, align="left") for text in ("- Lưu: VT.", "Người lập"))
    document = decision.with_(
        recipients_label=(), recipients=(), power=(), signer=(), after=(label, *lines)
    )

    assert roles(document)["- Lưu: VT."] == "recipients"
    assert roles(document)["Người lập"] == ""


def test_recipients_with_no_cell_beside_have_no_signature():
    document = decision.with_(power=(), space=(), signer=())

    assert rules(document) == ["layout-missing"]


def test_a_document_may_end_with_its_recipients():
    label = P(text="Nơi nhận:", size=12, bold=True, italic=True, align="left")
    last = (label, P(text="- Lưu: VT.", size=11, align="left"))
    without = {"recipients_label": (), "recipients": (), "power": (), "space": (), "signer": ()}

    assert rules(decision.with_(**without, after=last)) == ["layout-missing"]


def test_a_list_of_recipients_may_be_justified():
    justified = P(text="- Lưu: VT.", size=11, align="both")

    assert rules(decision.with_(recipients=(justified,))) == []


def test_what_stands_below_the_recipients_without_a_dash_is_none_of_them():
    code = P(text="NVT.05", size=11, align="left")
    first = P(text="- Như Điều 2;", size=11, align="left")
    last = P(text="- Lưu: VT.", size=11, align="left")
    document = decision.with_(recipients=(first, P(text=""), last, code))

    assert roles(document)["NVT.05"] == ""
    assert roles(document)["- Lưu: VT."] == "recipients"
    assert rules(document) == []
