from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from vnadmin.amounts import format_percent
from vnadmin.awards.ratios import (
    CountRounding,
    InvalidCount,
    UnknownRatio,
    all_minimum_shares,
    all_ratios,
    ratio,
)
from vnadmin.awards.titles import award

FIGHTERS = ratio("grassroots_emulation_fighters_among_advanced_workers")
(MEMBERS,) = all_minimum_shares()


@pytest.mark.parametrize(
    ("fighters", "workers", "allowed", "is_exceeded"),
    [(2, 17, 2, False), (3, 17, 2, True), (3, 20, 3, False), (0, 0, 0, False), (1, 0, 0, True)],
)
def test_counts_are_compared_with_what_is_allowed(fighters, workers, allowed, is_exceeded):
    outcome = FIGHTERS.check(fighters, workers)

    assert (outcome.allowed, outcome.is_exceeded) == (allowed, is_exceeded)


def test_the_share_is_told_where_there_is_one():
    assert format_percent(FIGHTERS.check(2, 17).share) == "11,76%"
    assert FIGHTERS.check(1, 0).share is None


def test_a_province_may_set_its_own_ceiling_and_rounding():
    own = replace(FIGHTERS, maximum=Decimal("20"), rounding=CountRounding.UP)

    assert own.allowed(17) == 4


@pytest.mark.parametrize(
    ("rounding", "whole"),
    [(CountRounding.DOWN, 2), (CountRounding.HALF_UP, 3), (CountRounding.UP, 3)],
)
def test_shares_become_whole_people(rounding, whole):
    assert rounding.apply(Fraction(5, 2)) == whole
    assert rounding.apply(Fraction(2)) == 2


@pytest.mark.parametrize(
    ("holders", "members", "is_met"),
    [(7, 10, True), (6, 10, False), (8, 11, True), (7, 11, False), (0, 0, False)],
)
def test_enough_members_of_a_collective_hold_the_title(holders, members, is_met):
    assert MEMBERS.is_met(holders, members) is is_met


def test_the_required_number_is_rounded_up():
    assert MEMBERS.required(11) == 8


def test_ratios_speak_of_awards_that_exist():
    for known in all_ratios():
        assert award(known.numerator)
        assert award(known.denominator)
    assert award(MEMBERS.award)
    assert award(MEMBERS.members_award)


def test_counts_are_never_negative():
    with pytest.raises(InvalidCount):
        FIGHTERS.check(-1, 17)
    with pytest.raises(InvalidCount):
        MEMBERS.is_met(-1, 5)


def test_an_unknown_ratio_is_refused():
    with pytest.raises(UnknownRatio):
        ratio("nothing")
