"""From a dossier to the context of a template."""

import json
import unicodedata
from datetime import date

import pytest

from services.assembler.domain.composing import compose
from services.assembler.domain.findings import Severity
from services.assembler.domain.kinds import UnknownPlaceholder
from tests.builders.dossiers import a_dossier, a_nomination, a_sector
from tests.builders.kinds import DECISION, LETTER, REPORT, SUBMISSION, AKind

ON = date(2024, 1, 15)


def errors(dossier, kind, on=ON):
    found = compose(dossier, on=on, kind=kind).findings
    return [finding.rule for finding in found if finding.severity is Severity.ERROR]


def about(**changes):
    return a_dossier(sectors=(a_sector(nominations=(a_nomination(**changes),)),))


@pytest.mark.parametrize("kind", [REPORT, DECISION, SUBMISSION, LETTER])
def test_the_context_is_plain_json_in_composed_letters_without_binary_floats(kind):
    context = compose(a_dossier(), on=ON, kind=kind).context

    def refuse(text):
        raise AssertionError(f"a float: {text}")

    text = json.dumps(context, ensure_ascii=False)
    assert json.loads(text, parse_float=refuse) == context
    assert text == unicodedata.normalize("NFC", text)


def test_the_same_dossier_kind_and_day_give_the_same_composition():
    first, second = (compose(a_dossier(), on=ON, kind=REPORT) for _ in range(2))

    assert first == second


def test_every_kind_of_document_has_the_same_vocabulary():
    kinds = (REPORT, DECISION, SUBMISSION, LETTER)
    report, decision, submission, letter = (
        compose(a_dossier(), on=ON, kind=kind) for kind in kinds
    )

    assert set(report.context) == set(decision.context)
    assert set(submission.context) == set(letter.context) == set(report.context)
    assert report.context["commendation"] is None
    assert decision.context["nominees"] == "tập thể, cá nhân"


def test_the_subject_is_filled_and_its_years_follow_the_period():
    subject = compose(a_dossier(), on=ON, kind=REPORT).context["document"]["subject"]

    assert subject == "Tổng kết năm 2023, phương hướng năm 2024"


def test_a_subject_that_asks_for_what_no_document_knows_is_refused_by_name():
    with pytest.raises(UnknownPlaceholder, match="signer"):
        compose(a_dossier(), on=ON, kind=AKind(subject="Của {{ signer }}"))


def test_the_sample_commune_s_documents_have_no_error():
    assert errors(a_dossier(), REPORT) == []
    assert errors(a_dossier(), DECISION) == []
    assert errors(a_dossier(), SUBMISSION) == []
    assert errors(a_dossier(), LETTER) == []


def test_a_submission_is_about_those_whom_others_decide_on():
    household = a_nomination(kind="household", award="provincial_certificate_of_merit")
    ours = a_nomination(kind="collective")
    dossier = a_dossier(sectors=(a_sector(nominations=(household, ours)),))

    context = compose(dossier, on=ON, kind=SUBMISSION).context

    assert context["nominees"] == "hộ gia đình"
    assert context["document"]["subject"] == "Về việc đề nghị khen thưởng các hộ gia đình"


def test_a_submission_that_asks_for_nothing_is_an_error():
    assert errors(about(), SUBMISSION) == ["submission-without-nominee"]


def test_a_decision_about_nobody_is_an_error():
    assert errors(a_dossier(sectors=(a_sector(),)), DECISION) == ["decision-without-nominee"]


def test_a_decision_above_the_commune_s_authority_is_an_error_until_the_law_changes():
    kind = AKind(**DECISION_OF_FIGHTERS)
    dossier = about(award="grassroots_emulation_fighter")

    assert errors(dossier, kind) == ["authority-above"]
    assert errors(dossier, kind, date(2025, 7, 1)) == []


def test_an_award_that_was_abolished_is_an_error():
    kind = AKind(**(DECISION_OF_FIGHTERS | {"award": "district_commendation"}))

    assert errors(about(award="district_commendation"), kind, date(2025, 7, 1)) == [
        "authority-missing"
    ]


def test_money_that_no_rule_gives_is_warned_of():
    found = compose(about(kind="household"), on=date(2023, 12, 1), kind=DECISION).findings

    assert "bonus-unknown" in [finding.rule for finding in found]


def test_a_decision_does_not_speak_of_the_report_s_figures():
    found = compose(a_dossier(), on=ON, kind=DECISION).findings

    assert [it.rule for it in found] == ["legal-basis-not-in-force", "not-reviewed"]


DECISION_OF_FIGHTERS = {
    "document_type": "QĐ",
    "issuing_body": "ubnd",
    "subject": "Về việc công nhận danh hiệu",
    "signing": "head",
    "award": "grassroots_emulation_fighter",
}
