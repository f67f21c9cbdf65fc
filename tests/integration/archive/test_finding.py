from dataclasses import replace
from datetime import date

import pytest

from kernel.errors import Conflict, NotFound
from services.archive.domain.listing import Query
from services.archive.domain.registers import definitions
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.finding import list_documents, show_document
from services.archive.use_cases.registers import list_registers, open_register, show_register
from services.archive.use_cases.uploading import UploadVersion, upload_version
from tests.builders.archive import COMMUNE, NEIGHBOUR, PROFILE, a_draft, an_actor
from tests.support.archive import deposited, issued


def _ids(deps: Deps, **filters: object) -> list[object]:
    query = Query(**filters)  # type: ignore[arg-type]
    return [item.id for item in list_documents(query, actor=an_actor(), deps=deps).items]


@pytest.mark.parametrize(
    "text",
    [
        "thi dua yeu nuoc",
        "THI ĐUA",
        "Đặng Thị Định",
        "dang dinh",
        "lưu việt viên",
        "bc-tdkt",
        "bao cao",
        "thuong truc dang uy",
        "yeu na 2023",
    ],
)
def test_search_finds_without_diacritics_in_facts_and_in_the_text(deps: Deps, text: str):
    found = deposited(deps, data=a_draft("Giấy khen cho bà Đặng Thị Định, xóm Bản Chang"))

    assert _ids(deps, text=text) == [found.document_id]


def test_every_word_must_match_and_marks_are_not_operators(deps: Deps):
    deposited(deps, data=a_draft("Bản Chang"))

    assert _ids(deps, text="chang khongco") == []
    assert len(_ids(deps, text='chang" OR * -(')) == 0
    assert len(_ids(deps, text='"chang" & : !')) == 1
    assert len(_ids(deps, text="*** ---")) == 1


def test_search_knows_the_latest_draft_then_the_issued_number(deps: Deps):
    receipt = deposited(deps, data=a_draft("chữ cũ"))
    upload_version(
        UploadVersion(document_id=receipt.document_id, data=a_draft("chữ mới tinh"), key="k"),
        actor=an_actor(),
        deps=deps,
    )
    done = issued(deps, data=a_draft("khác"))

    assert _ids(deps, text="chu cu") == []
    assert _ids(deps, text="moi tinh") == [receipt.document_id]
    assert _ids(deps, text="01/BC-TĐKT") == [done.document_id]


@pytest.mark.parametrize("text", ["01/BC-TĐKT", "1/bc-tdkt", "01/bc", "so 01/BC-TĐKT"])
def test_a_number_with_its_symbol_finds_that_document_and_no_other(deps: Deps, text: str):
    wanted = issued(deps, data=a_draft("Số liệu"))
    # Holds "01", "BC" and "TĐKT" too, each on its own.
    deposited(deps, data=a_draft("Số 01: xem 12/BC-TĐKT"))

    assert _ids(deps, text=text) == [wanted.document_id]


def test_a_cited_number_is_found_where_it_is_cited(deps: Deps):
    citing = deposited(deps, data=a_draft("Căn cứ Quyết định số 2648/QĐ-UBND ngày 30/6/2022"))

    assert _ids(deps, text="2648/qd-ubnd") == [citing.document_id]
    assert _ids(deps, text="30/6/2022") == [citing.document_id]


def test_another_office_finds_and_sees_nothing(deps: Deps):
    receipt = deposited(deps)

    found = list_documents(Query(text="thi dua"), actor=an_actor(NEIGHBOUR), deps=deps)

    assert found.items == ()
    with pytest.raises(NotFound):
        show_document(receipt.document_id, actor=an_actor(NEIGHBOUR), deps=deps)


def test_lists_filter_by_number_year_type_and_state(deps: Deps):
    draft = deposited(deps, document_type="QĐ", register_symbol="QĐ-UBND", year=2022)
    done = issued(deps)

    assert _ids(deps, number=1) == _ids(deps, state="issued") == [done.document_id]
    assert _ids(deps, year=2022) == _ids(deps, document_type="QĐ") == [draft.document_id]
    assert _ids(deps, year=2024) == [done.document_id]
    assert _ids(deps, state="draft") == [draft.document_id]


def test_pages_follow_by_key_and_miss_nothing(deps: Deps):
    made = {deposited(deps).document_id for _ in range(41)}

    page = list_documents(Query(), actor=an_actor(), deps=deps)
    seen = [item.id for item in page.items]
    while page.next:
        deposited(deps)  # a new row must not shift the pages that follow
        page = list_documents(Query(after=page.next), actor=an_actor(), deps=deps)
        seen += [item.id for item in page.items]

    assert (len(seen), set(seen)) == (41, made)


def test_a_register_lists_its_numbers_of_a_year_in_order(deps: Deps):
    for _ in range(3):
        issued(deps)
    issued(deps, issued_on=date(2023, 12, 30))

    registers = list_registers(actor=an_actor(), deps=deps)
    latest = registers.years[0]
    shown = show_register(latest.register.id, 2024, actor=an_actor(), deps=deps)

    assert [(series.year, series.next_number) for series in registers.years] == [
        (2024, 4),
        (2023, 2),
    ]
    assert [item.issue.text for item in shown.documents if item.issue] == [
        "01/BC-TĐKT",
        "02/BC-TĐKT",
        "03/BC-TĐKT",
    ]
    with pytest.raises(NotFound):
        show_register(latest.register.id, 2024, actor=an_actor(NEIGHBOUR), deps=deps)


def test_the_registers_of_a_profile_follow_its_issuing_bodies(deps: Deps):
    symbols = [r.symbol for r in list_registers(actor=an_actor(), deps=deps).registers]

    assert {"BC-TĐKT", "QĐ-UBND"} <= set(symbols)
    assert len(symbols) == len(set(symbols))


def test_a_code_is_not_given_to_two_symbols(deps: Deps):
    taken = replace(definitions(PROFILE)[0], symbol="TB-TĐKT")

    with pytest.raises(Conflict, match="đã dùng cho ký hiệu khác"):
        open_register(taken, office_id=COMMUNE, deps=deps)
