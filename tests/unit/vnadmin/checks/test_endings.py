import pytest

from tests.builders.office_documents import (
    CERTIFICATE,
    DECISION,
    LETTER,
    MINUTES,
    OfficeDocument,
    P,
    bordered,
    sentence,
)
from vnadmin.checks.endings import check_endings
from vnadmin.checks.findings import Severity
from vnadmin.checks.layout import check_layout
from vnadmin.checks.roles import recognised
from vnadmin.editions import load

ND30 = load()
ERROR, WARNING = Severity.ERROR, Severity.WARNING
UNFINISHED = (
    "Quyết định này có hiệu lực kể từ ngày ký, các đơn vị, cá nhân có tên chịu trách nhiệm."
)


def told(document):
    found = check_layout(document.read(), ND30)
    return [(it.severity, it.rule, it.place.excerpt, it.message) for it in found]


def bases(*texts):
    return tuple(sentence(text, italic=True) for text in texts)


def recipients(*texts):
    return tuple(P(text=text, size=11, align="left") for text in texts)


@pytest.mark.parametrize(
    ("changes", "excerpt", "message"),
    [
        (
            {"bases": bases("Căn cứ Luật A;", "Căn cứ Luật B.", "Theo đề nghị của C.")},
            "Căn cứ Luật B.",
            "Dòng không phải cuối cùng của căn cứ ban hành phải kết thúc bằng dấu “;”.",
        ),
        (
            {"bases": bases("Căn cứ Luật A;", "Theo đề nghị của C;")},
            "Theo đề nghị của C;",
            "Dòng cuối cùng của căn cứ ban hành phải kết thúc bằng dấu “.”.",
        ),
        (
            {"recipients": recipients("- Như Điều 2", "- Lưu: VT.")},
            "- Như Điều 2",
            "Dòng không phải cuối cùng của danh sách nơi nhận phải kết thúc bằng dấu “;”.",
        ),
        (
            {"recipients": recipients("- Như Điều 2;", "- Lưu: VT")},
            "- Lưu: VT",
            "Dòng cuối cùng của danh sách nơi nhận phải kết thúc bằng dấu “.”.",
        ),
    ],
)
def test_a_line_of_a_list_that_ends_wrongly_is_told(changes, excerpt, message):
    document = OfficeDocument().with_(**changes)

    assert told(document) == [(ERROR, "layout-list-end", excerpt, message)]


def test_a_line_that_ends_with_data_is_right():
    document = OfficeDocument().with_(recipients=recipients("- {{ first }}", "- {{ line }}"))

    assert told(document) == []


@pytest.mark.parametrize("pieces", [DECISION, LETTER])
def test_content_without_its_end_mark_is_a_warning_for_no_rule_says_it(pieces):
    document = OfficeDocument(pieces=pieces).with_(body=(sentence(), sentence(UNFINISHED)))

    ((severity, rule, _, message),) = told(document)

    assert (severity, rule) == (WARNING, "layout-end-mark")
    assert message == "Cuối nội dung chưa có dấu “./.”."


@pytest.mark.parametrize("pieces", [MINUTES, CERTIFICATE])
def test_minutes_and_certificates_have_no_end_mark(pieces):
    document = OfficeDocument(pieces=pieces).with_(body=(sentence(UNFINISHED),))

    assert "layout-end-mark" not in {rule for _, rule, _, _ in told(document)}


@pytest.mark.parametrize(
    "body",
    [
        (sentence("{{ closing }}"),),
        sentence(UNFINISHED).xml() + bordered([[P(text="Tổng").xml()]]),
        (),
    ],
)
def test_where_the_mark_would_stand_is_not_always_known(body):
    assert told(OfficeDocument(pieces=LETTER).with_(body=body)) == []


def test_a_list_at_the_very_end_is_checked_too():
    gone = dict.fromkeys(("power", "space", "signer"), ())
    label = P(text="Nơi nhận:", size=12, bold=True, italic=True, align="left")
    document = OfficeDocument().with_(
        **gone, recipients_label=(), recipients=(), after=(label, *recipients("- Lưu: VT"))
    )
    family, lines = recognised(document.read(), ND30)
    last = max(at for at, line in enumerate(lines) if line.role == "recipients")

    found = list(check_endings(lines[: last + 1], ND30, family))

    assert [it.place.excerpt for it in found] == ["- Lưu: VT"]
