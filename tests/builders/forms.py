"""Forms of every shape, for properties that hold for all of them."""

from decimal import Decimal

from hypothesis import strategies as st

from kernel.contracts.dossier import DossierField, Movement, Nomination
from services.intake.domain.content import ReportContent, ReportedAchievement, ReportedIndicator
from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    ExpectedMovements,
    NarrativePrompt,
    Part,
    PartGuide,
    PeriodForm,
)
from vnadmin.awards.titles import NomineeKind

UNITS = ("van-hoa", "tai-chinh")
_WORDS = st.sampled_from(["", "Hộ nghèo", "Thu ngân sách", "Đường bê tông", "An ninh"])
_CODES = st.sampled_from(list("abcdef"))
_FIGURES = st.none() | st.integers(1, 90).map(Decimal)
_UNITS = st.lists(st.sampled_from(UNITS), unique=True).map(tuple)
_KINDS = st.lists(st.sampled_from([it.value for it in NomineeKind]), unique=True).map(tuple)


def _unique(strategy):
    return st.lists(strategy, unique_by=lambda it: it.code, max_size=6).map(tuple)


def _names():
    return st.lists(_WORDS.filter(bool), unique=True).map(tuple)


@st.composite
def forms(draw) -> PeriodForm:
    """Draw a form; it may have faults, as drafts may."""
    return PeriodForm(
        headings=draw(_unique(st.builds(DossierField, code=_CODES, title=_WORDS))),
        prompts=draw(
            _unique(
                st.builds(
                    NarrativePrompt,
                    code=_CODES,
                    field=_CODES,
                    label=_WORDS,
                    unit_codes=_UNITS,
                    is_required=st.booleans(),
                )
            )
        ),
        indicators=draw(
            _unique(
                st.builds(
                    AskedIndicator,
                    code=_CODES,
                    name=_WORDS,
                    field=_CODES,
                    unit_codes=_UNITS,
                    unit=st.sampled_from(["", "%", "hộ"]),
                    plan=_FIGURES,
                    base=_FIGURES,
                    jump_bound=_FIGURES,
                )
            )
        ),
        expected_movements=draw(
            st.lists(
                st.builds(ExpectedMovements, unit_code=st.sampled_from(UNITS), movements=_names()),
                unique_by=lambda it: it.unit_code,
            ).map(tuple)
        ),
        awards=draw(_unique(st.builds(AwardChoice, code=_CODES, title=_WORDS, kinds=_KINDS))),
        guides=draw(
            st.lists(
                st.builds(
                    PartGuide,
                    part=st.sampled_from([it.value for it in Part]),
                    help=_WORDS,
                    is_asked=st.booleans(),
                ),
                unique_by=lambda it: it.part,
            ).map(tuple)
        ),
        movements_from_above=draw(_names()),
        movements_commune_wide=draw(_names()),
    )


@st.composite
def contents(draw, form: PeriodForm) -> ReportContent:
    """Draw what a unit may have typed under some form, not necessarily under this one."""
    codes = [it.code for it in form.indicators] or ["a"]
    return ReportContent(
        movements=tuple(Movement(name=it) for it in draw(_names())),
        indicators=draw(
            st.lists(
                st.builds(
                    ReportedIndicator,
                    code=st.sampled_from([*codes, "zzz"]),
                    plan=_FIGURES,
                    actual=_FIGURES,
                    reported_percent=_FIGURES,
                ),
                unique_by=lambda it: it.code,
            ).map(tuple)
        ),
        achievements=draw(
            st.lists(
                st.builds(
                    ReportedAchievement, field=_CODES, text=_WORDS.filter(bool), prompt=_CODES
                ),
                unique_by=lambda it: (it.field, it.prompt, it.text),
            ).map(tuple)
        ),
        nominations=draw(
            st.lists(
                st.builds(
                    Nomination,
                    kind=st.sampled_from([it.value for it in NomineeKind]),
                    name=st.sampled_from(["An", "Bình", "Chi"]),
                    award=_CODES | st.just(""),
                ),
                unique_by=lambda it: it.name,
            ).map(tuple)
        ),
    )
