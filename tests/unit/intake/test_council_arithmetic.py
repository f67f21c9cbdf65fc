"""Votes and outcomes as arithmetic; merging and taking apart as what loses nothing."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kernel.contracts.dossier import Nomination
from services.intake.domain.candidates import (
    Candidate,
    Change,
    Proposed,
    nominees,
    proposed_by,
    reread,
)
from services.intake.domain.council import (
    Member,
    SessionFacts,
    Votes,
    completed,
    errors_in_votes,
    outcome,
    passes_by_votes,
    share_of,
)
from services.intake.domain.duplicates import pairs

COUNTS = st.integers(0, 60)
PERCENTS = st.decimals("0.01", "100", places=2)
UNIT = UUID(int=1)


def facts(members, needed):
    return SessionFacts(
        members=tuple(Member(name=str(n)) for n in range(members)), needed_percent=needed
    )


@given(COUNTS, COUNTS, COUNTS, PERCENTS)
def test_a_nominee_passes_exactly_when_enough_of_all_members_are_in_favour(a, b, c, needed):
    members = a + b + c
    votes = Votes(in_favour=a, against=b, not_voting=c)

    passed = passes_by_votes(votes, facts(members, needed))

    if not members:
        assert passed is None
    else:
        assert passed == (Fraction(a, members) >= Fraction(needed) / 100)


@given(COUNTS, COUNTS, PERCENTS)
def test_one_more_in_favour_never_makes_a_nominee_fail(in_favour, rest, needed):
    members = in_favour + rest + 1
    fewer, more = Votes(in_favour=in_favour), Votes(in_favour=in_favour + 1)

    assert passes_by_votes(more, facts(members, needed)) >= passes_by_votes(
        fewer, facts(members, needed)
    )


@given(COUNTS, st.none() | COUNTS, st.none() | COUNTS, COUNTS)
def test_what_was_left_blank_is_what_the_others_leave_and_figures_typed_stay(a, b, c, present):
    typed = Votes(in_favour=a, against=b, not_voting=c)

    whole = completed(typed, present)

    assert whole.in_favour == a
    assert b in {None, whole.against}
    assert c in {None, whole.not_voting}
    if typed.cast <= present and None in {b, c}:
        assert whole.cast == present
        assert list(errors_in_votes(whole, present, "#")) == []
    assert completed(whole, present) == whole


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_votes_are_right_exactly_when_they_add_up_with_who_was_there(a, b, c, present):
    votes = Votes(in_favour=a, against=b, not_voting=c)

    assert (list(errors_in_votes(votes, present, "#")) == []) == (a + b + c == present)


def test_a_third_is_no_rounded_third():
    votes = Votes(in_favour=2, against=1, not_voting=0)

    assert passes_by_votes(votes, facts(3, Decimal("66.66"))) is True
    assert passes_by_votes(votes, facts(3, Decimal("66.67"))) is False
    assert share_of(votes, 0) is None
    assert outcome(replace(votes, decided="passed", reason="x"), facts(3, Decimal(100))) is True


NAMES = st.sampled_from(["Nguyễn Thị Một", "NGUYỄN THI MÔT", "Trần Văn Hai", "Lê Ba"])
NOMINATIONS = st.builds(
    Nomination,
    kind=st.sampled_from(["individual", "collective"]),
    name=NAMES,
    award=st.sampled_from(["commune_commendation", "advanced_worker"]),
    unit=st.sampled_from(["thôn Đông", "Thôn  Đông", "thôn Tây"]),
    achievement=st.sampled_from(["", "một", "hai"]),
)
REPORTS = st.lists(st.lists(NOMINATIONS, max_size=5), max_size=3)


def proposed(reports):
    return [
        it
        for place, nominations in enumerate(reports)
        for it in proposed_by(
            nominations, submission_id=UUID(int=100 + place), unit_id=UNIT, round_number=1
        )
    ]


def listed(found: list[Proposed]):
    return [
        Candidate(
            id=UUID(int=1000 + number),
            number=number,
            submission_id=it.submission_id,
            unit_id=it.unit_id,
            unit_name=str(it.submission_id),
            round=it.round,
            key=it.key,
            nomination=it.nomination,
            change=Change.SAME,
        )
        for number, it in enumerate(found)
    ]


@given(REPORTS)
def test_reading_the_same_reports_again_finds_nothing_new_and_loses_nobody(reports):
    found = proposed(reports)
    known = listed(found)

    again = reread(known, found)

    assert not again.is_news
    assert len(again.same) == len(known) == sum(map(len, reports))


@given(REPORTS, REPORTS)
def test_every_proposal_is_in_one_part_of_a_reading_and_every_candidate_too(before, after):
    known, now = listed(proposed(before)), proposed(after)

    reading = reread(known, now)

    met = [*reading.same, *reading.changed, *reading.returned]
    assert sorted(it.key for it in now) == sorted(
        [it.key for it in reading.new] + [it.key for _, it in met]
    )
    assert {it.id for it in known} == {it.id for it in reading.withdrawn} | {
        candidate.id for candidate, _ in met
    }


@given(REPORTS, st.data())
def test_merging_and_taking_apart_again_leaves_the_list_as_it_was(reports, data):
    known = listed(proposed(reports))
    found = pairs(nominees(known), frozenset())
    if not found:
        return
    pair = data.draw(st.sampled_from(found))
    lead, other = pair.first.id, pair.second.id

    merged = [replace(it, merged_into=lead) if it.id == other else it for it in known]

    assert len(nominees(merged)) == len(known) - 1
    assert sorted(m.id for it in nominees(merged) for m in it.members) == sorted(
        it.id for it in known
    )
    apart = [replace(it, merged_into=None) for it in merged]
    assert apart == known
    assert nominees(apart) == nominees(known)


@given(REPORTS)
def test_whoever_was_told_apart_is_not_asked_about_again(reports):
    every = nominees(listed(proposed(reports)))
    found = pairs(every, frozenset())

    told = frozenset(tuple(sorted((it.first.id, it.second.id), key=str)) for it in found)

    assert pairs(every, told) == ()
