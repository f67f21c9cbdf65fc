from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from kernel.contracts.boxes import BOXES, NUMBER
from kernel.contracts.paging import Cursor
from kernel.errors import InvalidInput
from ooxml.faults import Fault
from services.archive.domain.dating import check_issue_date
from services.archive.domain.deliveries import Delivery, InboxState
from services.archive.domain.documents import (
    Document,
    Facts,
    Issue,
    Origin,
    Rendition,
    RenditionState,
    Source,
    State,
    Version,
    type_name,
)
from services.archive.domain.drafts import REASONS, check_draft
from services.archive.domain.filenames import download_name
from services.archive.domain.ledger import Entry, breaks, next_entry
from services.archive.domain.listing import Query, asked_words, words
from services.archive.domain.registers import definitions, types_of
from services.archive.domain.stamping import stamped_texts
from tests.builders.archive import PROFILE, a_deposit, a_draft

NOW = datetime(2024, 1, 10, 2, 0, tzinfo=UTC)


def _document(subject: str = "Tổng kết phong trào", *, is_issued: bool = True) -> Document:
    deposit = a_deposit(b"")
    facts = Facts(**{name: getattr(deposit, name) for name in Facts.__dataclass_fields__})
    version = Version(
        id=UUID(int=1),
        ordinal=2,
        origin=Origin.ISSUED,
        sha256="a",
        size=1,
        author="x",
        created_at=NOW,
        source=Source(),
        source_version_id=None,
        rendition=Rendition(state=RenditionState.PENDING),
    )
    issue = Issue(
        number=1,
        symbol="BC-TĐKT",
        issued_on=date(2024, 1, 5),
        version_id=version.id,
        issued_at=NOW,
        issued_by="x",
        backdating_reason="",
    )
    return Document(
        id=UUID(int=2),
        office_id=UUID(int=3),
        office_name="UBND xã",
        facts=replace(facts, subject=subject),
        state=State.ISSUED if is_issued else State.DRAFT,
        issue=issue if is_issued else None,
        updated_at=NOW,
        versions=(version,),
    )


def _check(**changes: Any) -> None:
    usual = {
        "today": date(2024, 1, 10),
        "document_year": 2023,
        "last_issued_on": date(2024, 1, 5),
        "backdating_reason": "",
    }
    issued_on = changes.pop("issued_on", date(2024, 1, 5))
    check_issue_date(issued_on, **{**usual, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"issued_on": date(2024, 1, 10)},
        {"issued_on": date(2024, 1, 4), "backdating_reason": "Ký trước"},
        {"issued_on": date(2024, 1, 1), "last_issued_on": None},
        {"issued_on": date(2022, 12, 31), "last_issued_on": None},
    ],
)
def test_a_day_in_order_or_explained_is_accepted(changes: dict[str, Any]):
    _check(**changes)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"issued_on": date(2024, 1, 11)}, "#/issued_on"),
        ({"issued_on": date(2021, 12, 31), "last_issued_on": None}, "#/issued_on"),
        ({"issued_on": date(2024, 1, 4)}, "#/backdating_reason"),
        ({"issued_on": date(2024, 1, 11), "backdating_reason": "x"}, "#/issued_on"),
    ],
)
def test_a_day_out_of_order_is_refused_at_its_field(changes: dict[str, Any], pointer: str):
    with pytest.raises(InvalidInput) as refused:
        _check(**changes)

    assert refused.value.errors[0].pointer == pointer


def test_number_and_date_are_padded_as_the_decree_says():
    assert list(stamped_texts(1, "BC-TĐKT", "Linh Thông", date(2024, 1, 5)).values()) == [
        "01",
        "BC-TĐKT",
        "Linh Thông",
        "ngày 05 tháng 01 năm 2024",
    ]
    assert stamped_texts(12, "QĐ-UBND", "X", date(2024, 12, 25))[NUMBER] == "12"


def _chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(1, length + 1):
        entries.append(next_entry(entries[-1] if entries else None, {"number": number}))
    return entries


def test_a_chain_holds_until_one_link_is_changed_dropped_or_swapped():
    chain = _chain(4)
    changed = [*chain]
    changed[1] = replace(chain[1], text=chain[1].text.replace("2", "9"))
    rewritten = [*chain]
    rewritten[1] = replace(next_entry(chain[0], {"number": 9}), sequence=2)

    assert breaks(chain) == []
    assert breaks(changed) == [2]
    assert breaks(rewritten) == [3]
    assert breaks([chain[0], *chain[2:]]) == [3]
    assert breaks([chain[1], chain[0]]) == [2, 1]
    assert breaks(chain[1:])[0] == 2


def test_every_fault_of_a_package_has_its_vietnamese_reason():
    assert set(REASONS) == set(Fault)


@pytest.mark.parametrize("tag", BOXES)
def test_each_missing_box_is_named_with_what_to_do(tag: str):
    with pytest.raises(InvalidInput, match="không xóa các ô") as refused:
        check_draft(a_draft(without=(tag,)), last_version=3)

    assert BOXES[tag] in refused.value.detail
    assert "bản v3" in refused.value.detail
    assert refused.value.errors[0].pointer == "#/file"


def test_a_whole_draft_passes():
    check_draft(a_draft())


def test_words_are_folded_and_stand_once():
    assert words("Đặng  đặng, 01/BC-TĐKT; _x_") == (
        *("dang", "01", "bc", "tdkt", "x"),
        "zn1xbctdkt",
    )
    assert words(" -- ") == ()
    assert len(words("a" * 500)[0]) == 60


def test_a_number_with_its_symbol_is_asked_for_as_a_whole():
    assert asked_words("Báo cáo số 01/BC-TĐKT") == ("bao", "cao", "so", "zn1xbctdkt")
    assert asked_words("19/6/2015") == ("19", "6", "2015")


def test_a_query_knows_whether_it_narrows():
    assert not Query().is_filtered
    assert Query(text="x").is_filtered
    assert Query(office_id=UUID(int=1)).is_filtered


def test_a_cursor_is_written_for_an_address():
    assert Cursor(at=NOW, id=UUID(int=1)).text.startswith("2024-01-10T02:00:00+00:00~0000")


def test_a_file_is_named_after_its_number_or_as_a_draft():
    document, draft = _document(), _document(is_issued=False)

    issued_name = download_name(document, document.latest, "docx")
    draft_name = download_name(draft, draft.latest, "pdf")

    assert issued_name == "01_BC-TĐKT_Tổng kết phong trào.docx"
    assert draft_name == "Dự thảo v2_Báo cáo_Tổng kết phong trào.pdf"


def test_a_long_or_hostile_subject_makes_a_tame_name():
    document = _document('A/B\\C: "d" <e>|\n\t' + "rất dài " * 30)

    name = download_name(document, document.latest, "docx")

    assert not set('/\\:"<>|\n\t') & set(name)
    assert len(name) < 90
    assert name.endswith(" rất.docx")


def test_a_type_that_the_decree_does_not_know_keeps_its_abbreviation():
    assert (type_name("BC"), type_name("XX")) == ("Báo cáo", "XX")
    assert type_name("Công văn") == "Công văn"
    assert _document().type_name == "Báo cáo"


def test_a_delivery_is_as_far_as_its_last_step():
    sent = Delivery(
        id=UUID(int=1),
        recipient_office_id=UUID(int=2),
        recipient="x",
        version_id=UUID(int=3),
        sent_at=NOW,
        opened_at=None,
        opened_by="",
        downloaded_at=None,
        downloaded_by="",
        acknowledged_at=None,
        acknowledged_by="",
    )

    assert sent.state is InboxState.NEW
    assert replace(sent, opened_at=NOW).state is InboxState.OPENED
    assert replace(sent, acknowledged_at=NOW).state is InboxState.ACKNOWLEDGED


def test_a_council_reports_and_a_committee_decides():
    symbols = [definition.symbol for definition in definitions(PROFILE)]

    assert symbols == ["BC-TĐKT", "TTr-TĐKT", "BB-TĐKT", "QĐ-UBND", "TTr-UBND", "BC-UBND"]


def test_a_committee_that_says_who_drafts_its_letters_keeps_their_register():
    council, committee = PROFILE["issuing_bodies"]
    profile = {"issuing_bodies": [council, committee | {"letter_unit": "VX"}]}

    *_, letters = definitions(profile)

    assert (letters.symbol, letters.document_types) == ("UBND-VX", ("Công văn",))
    assert letters.title.startswith("Sổ công văn – ")


def test_a_register_numbers_the_type_that_its_symbol_begins_with_or_else_letters():
    assert types_of("QĐ-UBND") == ("QĐ",)
    assert types_of("UBND-VX") == ("Công văn",)


def test_a_rendition_is_readable_when_there_is_a_file():
    pending = Rendition(state=RenditionState.PENDING)

    assert not pending.is_readable
    assert replace(pending, sha256="a").is_readable
