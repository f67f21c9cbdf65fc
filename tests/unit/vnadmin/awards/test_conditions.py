"""What awards ask for beside their criteria, and how a council votes."""

from datetime import date
from decimal import Decimal

import pytest

from vnadmin.awards.conditions import prerequisites, single_award_rule
from vnadmin.awards.council_rules import NoCouncilRules, council_rules
from vnadmin.validity import Mark

NOW, LONG_AGO = date(2024, 1, 15), date(2016, 1, 1)


def test_a_grassroots_fighter_is_an_advanced_worker_or_soldier_first():
    (rule,) = prerequisites(NOW)

    assert rule.award == "grassroots_emulation_fighter"
    assert rule.needs == ("advanced_worker", "advanced_soldier")
    assert (rule.source.article, rule.source.mark) == (
        "Điều 23 Luật Thi đua, khen thưởng 2022",
        Mark.PRIMARY,
    )
    assert prerequisites(date(2023, 12, 31))[0].source.mark is Mark.ASSUMED


def test_one_achievement_is_awarded_once():
    rule = single_award_rule(NOW)

    assert rule is not None
    assert rule.article == "Điều 5 Luật Thi đua, khen thưởng 2022"
    assert single_award_rule(LONG_AGO) is None


@pytest.mark.parametrize(("members", "needed"), [(15, 10), (13, 9), (1, 1), (0, 0)])
def test_two_thirds_of_the_members_rounded_up_make_a_quorum(members, needed):
    assert council_rules(NOW).members_needed(members) == needed


def test_the_share_in_favour_is_assumed_until_someone_confirms_it():
    rules = council_rules(NOW)

    assert (rules.needed_percent, rules.source.mark) == (Decimal(70), Mark.ASSUMED)
    with pytest.raises(NoCouncilRules, match="Không có quy tắc"):
        council_rules(LONG_AGO)
