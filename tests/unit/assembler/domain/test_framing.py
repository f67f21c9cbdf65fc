"""The frame of a document: heading, addressees, legal bases, recipients, signature."""

from dataclasses import replace
from datetime import date

import pytest

from kernel.contracts.dossier import DossierRecipient, IssuingBody
from services.assembler.domain.addressing import recipients_of
from services.assembler.domain.framing import (
    commune_of,
    frame,
    signer_of,
    unit_words,
)
from tests.builders.dossiers import linh_thong
from tests.builders.kinds import DECISION, LETTER, REPORT, SUBMISSION, AKind

ON = date(2024, 1, 15)
OFFICE = linh_thong().office


def framed(office=OFFICE, kind=REPORT, *, on=ON):
    return frame(office, kind, "trích yếu", on).context


def rules(office=OFFICE, kind=REPORT, *, on=ON):
    return [finding.rule for finding in frame(office, kind, "trích yếu", on).findings]


def signed_by(**changes):
    return replace(OFFICE, signer=replace(OFFICE.signer, **changes))


def test_a_council_stands_in_bold_below_its_host():
    issuer = framed()["issuer"]

    assert issuer["superior_lines"] == ["ỦY BAN NHÂN DÂN", "XÃ LINH THÔNG"]
    assert issuer["lines"] == ["HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG"]


def test_a_committee_has_no_superior_line():
    issuer = framed(kind=DECISION)["issuer"]

    assert (issuer["superior_lines"], issuer["lines"]) == ([], ["ỦY BAN NHÂN DÂN", "XÃ LINH THÔNG"])


def test_a_heading_that_does_not_match_the_name_is_bold_in_its_last_line():
    body = IssuingBody(code="hdtdkt", name="Hội đồng", header=("UBND XÃ A", "HĐ TĐKT"), symbol="HĐ")

    issuer = framed(replace(OFFICE, issuing_bodies=(body,)))["issuer"]

    assert (issuer["superior_lines"], issuer["lines"]) == (["UBND XÃ A"], ["HĐ TĐKT"])


def test_type_symbol_and_authority_of_a_decision():
    document = framed(kind=DECISION)["document"]

    assert document == {
        "type_name": "Quyết định",
        "heading": "QUYẾT ĐỊNH",
        "subject": "trích yếu",
        "symbol": "QĐ-UBND",
        "year": 2024,
        "authority": "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ LINH THÔNG",
        "issued_by": "Chủ tịch Ủy ban nhân dân xã Linh Thông",
    }


def test_a_council_issues_in_its_own_name_and_series():
    document = framed()["document"]

    assert document["symbol"] == "BC-TĐKT"
    assert document["issued_by"] == "Hội đồng Thi đua - Khen thưởng xã Linh Thông"


def test_the_council_s_head_signs_with_both_titles():
    assert framed()["signature"] == {
        "lines": ["TM. HỘI ĐỒNG", "CHỦ TỊCH"],
        "host_lines": ["CHỦ TỊCH ỦY BAN NHÂN DÂN", "XÃ LINH THÔNG"],
        "name": "Lưu Viết Viên",
    }


def test_a_council_without_a_seal_writes_only_its_own_title():
    assert framed(signed_by(other_title=""))["signature"]["host_lines"] == []


def test_the_head_signs_a_decision_in_his_own_power():
    signature = framed(kind=DECISION)["signature"]

    assert (signature["lines"], signature["host_lines"]) == (["CHỦ TỊCH"], [])


def test_a_deputy_signs_for_the_head_whose_authority_it_stays():
    context = framed(signed_by(power="KT. CHỦ TỊCH", title="PHÓ CHỦ TỊCH"), DECISION)

    assert context["signature"]["lines"] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert context["document"]["authority"].startswith("CHỦ TỊCH ỦY BAN")


@pytest.mark.parametrize(
    ("power", "kind", "told"),
    [
        ("TM. HỘI ĐỒNG", REPORT, "TM. HỘI ĐỒNG"),
        ("TM. HỘI ĐỒNG", DECISION, ""),
        ("KT. CHỦ TỊCH", DECISION, "KT. CHỦ TỊCH"),
        ("TM. HỘI ĐỒNG", LETTER, "TM. ỦY BAN NHÂN DÂN"),
        ("KT. CHỦ TỊCH", LETTER, "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH"),
    ],
)
def test_the_archive_is_told_on_whose_behalf_the_signer_signs(power, kind, told):
    office = signed_by(power=power)

    assert signer_of(office, kind) == replace(office.signer, power=told)


def test_the_archive_is_told_of_addressees_only_where_the_document_has_them():
    told = {kind: recipients_of(OFFICE, kind) for kind in (REPORT, DECISION)}

    assert [one.label for one in told[REPORT]] == [one.label for one in told[DECISION]]
    assert any(one.is_addressee for one in told[REPORT])
    assert not any(one.is_addressee for one in told[DECISION])


def test_an_academic_title_before_the_signer_s_name_is_an_error():
    office = signed_by(name="ThS. Lưu Viết Viên")

    assert "signer-invalid" in rules(office)
    assert framed(office)["signature"]["name"] == "ThS. Lưu Viết Viên"


def test_one_addressee_stands_on_the_line_of_the_label():
    context = framed()

    assert context["addressees"] == {
        "single": "Ban Thi đua - Khen thưởng huyện Định Hóa",
        "lines": [],
        "called": "Ban Thi đua - Khen thưởng huyện Định Hóa",
    }
    assert context["recipients"] == [
        "- Như trên;",
        "- Thường trực Đảng ủy, Hội đồng nhân dân;",
        "- Các ban, ngành, đoàn thể;",
        "- 09 xóm;",
        "- Lưu: VT.",
    ]


def test_several_addressees_stand_each_on_a_line():
    second = DossierRecipient(label="Sở Nội vụ", is_addressee=True)

    addressees = framed(replace(OFFICE, recipients=(*OFFICE.recipients, second)))["addressees"]

    assert addressees["single"] == ""
    assert addressees["lines"][-1] == "- Sở Nội vụ."
    assert addressees["called"] == "Quý cơ quan"


def test_a_decision_is_addressed_to_nobody_and_sent_to_the_addressees_too():
    context = framed(kind=DECISION)

    assert context["addressees"] == {"single": "", "lines": [], "called": ""}
    assert context["recipients"][0] == "- Ban Thi đua - Khen thưởng huyện Định Hóa;"
    assert rules(kind=DECISION) == ["legal-basis-not-in-force"]


def test_a_report_to_nobody_is_warned_of():
    office = replace(OFFICE, recipients=())

    assert "addressee-missing" in rules(office)
    assert framed(office)["recipients"] == ["- Lưu: VT."]


def test_only_bases_in_force_on_the_day_are_cited():
    assert framed()["legal_basis"] == [
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        (
            "Căn cứ Quyết định số 2648/QĐ-UBND ngày 30 tháng 6 năm 2022 của Ủy ban nhân dân huyện "
            "Định Hóa ban hành Quy định thi đua, khen thưởng trên địa bàn huyện Định Hóa."
        ),
    ]
    assert framed(on=date(2023, 12, 31))["legal_basis"][0].startswith("Căn cứ Nghị định số 91/2017")


def test_a_letter_has_the_symbol_of_its_drafter_and_no_type():
    document = framed(kind=LETTER)["document"]

    assert (document["symbol"], document["type_name"]) == ("UBND-VX", "Công văn")
    assert document["issued_by"] == "Ủy ban nhân dân xã Linh Thông"
    assert "letter-unit-missing" not in rules(kind=LETTER)


def test_a_letter_of_an_office_that_names_no_drafter_is_its_secretariat_s_and_says_so():
    council, committee = OFFICE.issuing_bodies
    office = replace(OFFICE, issuing_bodies=(council, replace(committee, letter_unit="")))

    assert framed(office, LETTER)["document"]["symbol"] == "UBND-VP"
    assert "letter-unit-missing" in rules(office, LETTER)
    assert "letter-unit-missing" not in rules(office, DECISION)


def test_a_committee_acts_as_a_whole_in_its_own_name():
    context = framed(kind=SUBMISSION)

    assert context["signature"]["lines"] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert context["signature"]["host_lines"] == []
    assert context["document"]["issued_by"] == "Ủy ban nhân dân xã Linh Thông"
    assert context["document"]["authority"] == "ỦY BAN NHÂN DÂN XÃ LINH THÔNG"
    deputy = signed_by(power="KT. CHỦ TỊCH", title="PHÓ CHỦ TỊCH")
    assert framed(deputy, SUBMISSION)["signature"]["lines"] == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ]


def test_a_submission_is_addressed_to_the_superior_of_the_day_before_all_others():
    context = framed(kind=SUBMISSION)

    assert context["addressees"]["lines"] == [
        "- Ủy ban nhân dân huyện Định Hóa;",
        "- Ban Thi đua - Khen thưởng huyện Định Hóa.",
    ]
    assert context["recipients"][:2] == ["- Như trên;", "- Thường trực Đảng ủy, Hội đồng nhân dân;"]
    assert [one.label for one in recipients_of(OFFICE, SUBMISSION) if one.is_addressee] == [
        "Ủy ban nhân dân huyện Định Hóa",
        "Ban Thi đua - Khen thưởng huyện Định Hóa",
    ]


def test_a_superior_that_is_listed_already_is_not_addressed_twice():
    board = OFFICE.recipients[0]
    listed = DossierRecipient(label="Ủy ban  Nhân dân huyện Định Hóa", office_id=OFFICE.id)
    office = replace(OFFICE, recipients=(board, listed))

    assert recipients_of(office, SUBMISSION) == (replace(listed, is_addressee=True), board)


def test_a_submission_of_the_committee_cites_who_proposed_it_the_council_s_own_does_not():
    proposer = "Theo đề nghị của Hội đồng Thi đua - Khen thưởng xã Linh Thông."
    council = AKind(document_type="TTr")

    assert framed(kind=SUBMISSION)["legal_basis"][-1] == proposer
    assert proposer not in framed(kind=council)["legal_basis"]


def test_a_decision_closes_its_bases_with_who_proposed_it():
    assert framed(kind=DECISION)["legal_basis"][-1] == (
        "Theo đề nghị của Hội đồng Thi đua - Khen thưởng xã Linh Thông."
    )
    alone = replace(OFFICE, issuing_bodies=OFFICE.issuing_bodies[1:])
    assert framed(alone, DECISION)["legal_basis"][-1].endswith("Khen thưởng xã Linh Thông.")


def test_no_basis_in_force_is_warned_of():
    assert "legal-basis-missing" in rules(replace(OFFICE, legal_basis=()))


def test_an_office_without_the_issuing_body_is_refused_by_name():
    with pytest.raises(LookupError, match="hdnd"):
        framed(kind=AKind(issuing_body="hdnd"))


@pytest.mark.parametrize(
    ("name", "commune", "words"),
    [
        ("Ủy ban nhân dân xã Linh Thông", "xã Linh Thông", {"commune": "xã"}),
        ("Uỷ ban nhân dân phường Tân An", "phường Tân An", {"commune": "phường"}),
        ("Văn phòng", "Linh Thông", {}),
    ],
)
def test_the_commune_is_what_the_committee_is_of(name, commune, words):
    office = replace(OFFICE, name=name)

    assert (commune_of(office), unit_words(office)) == (commune, words)
