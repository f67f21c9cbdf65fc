"""What a report keeps when it moves to another edition of its form."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.contracts.dossier import DossierField, Movement, Nomination
from services.intake.domain.checking import errors_in
from services.intake.domain.content import ReportContent, ReportedAchievement, ReportedIndicator
from services.intake.domain.form_fitting import fit
from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    ExpectedMovements,
    NarrativePrompt,
    PeriodForm,
)
from tests.builders.forms import contents, forms

FORM = PeriodForm(
    headings=(DossierField(code="vx", title="Văn xã"),),
    prompts=(NarrativePrompt(code="vx", field="vx", label="Kết quả"),),
    indicators=(AskedIndicator(code="A", name="A", field="vx", unit_codes=("u",), unit="hộ"),),
    awards=(AwardChoice(code="advanced_worker", title="LĐTT", kinds=("individual",)),),
    expected_movements=(ExpectedMovements(unit_code="u", movements=("Giữ vệ sinh",)),),
)


def test_what_still_has_a_place_is_kept_as_it_is_and_new_movements_wait():
    content = ReportContent(
        movements=(Movement(name="Đọc sách", result="Tốt"),),
        indicators=(ReportedIndicator(code="A", actual=Decimal(3)),),
        achievements=(ReportedAchievement(field="vx", text="Xong"),),
        nominations=(Nomination(kind="individual", name="An", award="advanced_worker"),),
    )

    found = fit(content, FORM, "u")

    assert found.loses_nothing
    assert found.kept == replace(
        content, movements=(*content.movements, Movement(name="Giữ vệ sinh"))
    )


def test_figures_and_texts_that_are_no_longer_asked_are_set_aside():
    content = ReportContent(
        indicators=(ReportedIndicator(code="Z", actual=Decimal(3)), ReportedIndicator(code="Y")),
        achievements=(ReportedAchievement(field="kt", text="Được mùa"),),
        nominations=(Nomination(kind="household", name="Hộ An", award="advanced_worker"),),
    )

    found = fit(content, FORM, "u")

    assert found.kept.indicators == found.kept.achievements == ()
    assert found.kept.nominations == (replace(content.nominations[0], award=""),)
    assert found.displaced == replace(content, indicators=content.indicators[:1])
    assert not found.loses_nothing


def test_a_target_that_the_office_has_set_takes_the_place_of_the_units_own():
    form = replace(FORM, indicators=(replace(FORM.indicators[0], plan=Decimal(10)),))
    content = ReportContent(indicators=(ReportedIndicator(code="A", plan=Decimal(8)),))

    found = fit(content, form, "u")

    assert found.kept.indicators[0].plan is None
    assert found.displaced.indicators == content.indicators


@settings(max_examples=60, deadline=None)
@given(st.data(), forms(), st.sampled_from(["van-hoa", "tai-chinh"]))
def test_what_is_kept_fits_the_edition_and_everything_typed_is_kept_or_set_aside(data, form, unit):
    content = data.draw(contents(form))

    found = fit(content, form, unit)

    assert errors_in(found.kept, form, unit, is_final=False) == ()
    kept, aside = found.kept, found.displaced
    for name in ("indicators", "achievements", "nominations", "movements"):
        for one in getattr(content, name):
            is_blank = isinstance(one, ReportedIndicator) and one.is_blank
            assert one in getattr(kept, name) or one in getattr(aside, name) or is_blank
    assert found.loses_nothing == (aside == ReportContent())
