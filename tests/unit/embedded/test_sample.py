from collections import Counter
from decimal import Decimal

import pytest

from embedded.sample import Sample


@pytest.fixture(scope="module")
def sample():
    return Sample.load()


def test_there_are_seventeen_sectors_and_four_others(sample):
    roles = Counter(account.role for account in sample.accounts())

    assert roles == {"sector_officer": 17, "clerk": 1, "leader": 1, "admin": 1, "superior": 1}


def test_the_invented_nominees_are_as_many_as_the_commune_published(sample):
    counted = Counter((one["award"], one["kind"]) for one in sample.nominations)
    published = {
        "provincial_certificate_of_merit": 0,
        "district_commendation": 1,
        "grassroots_emulation_fighter": 2,
        "advanced_worker": 3,
        "commune_commendation": 4,
        "party_commendation": 5,
    }

    for award, place in published.items():
        row = sample.commune["awards"][place]
        assert counted[(award, "collective")] == row["collectives"]
        assert counted[(award, "individual")] == row["individuals"]


def test_every_figure_of_the_commune_is_reported_by_one_sector(sample):
    published = [one["code"] for field in sample.commune["fields"] for one in field["indicators"]]
    reported = [
        one["code"]
        for sector in sample.commune["sectors"]
        for one in sample.submission(sector["code"])["indicators"]
    ]

    assert sorted(reported) == sorted(published)


def test_a_percentage_is_reported_only_where_its_figures_were_not_published(sample):
    by_code = {one["code"]: one for one in sample.submission("tai-chinh")["indicators"]}
    culture = {one["code"]: one for one in sample.submission("van-hoa")["indicators"]}

    assert by_code["KT1"]["reported_percent"] == 158
    assert culture["VX5"] == {
        "code": "VX5",
        "plan": 85,
        "actual": 92,
        "reported_percent": None,
        "at_least": False,
    }


def test_no_fact_of_the_commune_is_lost(sample):
    published = [text for field in sample.commune["fields"] for text in field["facts"]]
    reported = [
        one["text"]
        for sector in sample.commune["sectors"]
        for one in sample.submission(sector["code"])["achievements"]
    ]

    assert sorted(reported) == sorted(published)


def test_the_published_sum_holds(sample):
    figures = {one["code"]: one["actual"] for one in sample.submission("ntm")["indicators"]}

    assert Decimal(figures["NTM2a"]) + Decimal(figures["NTM2b"]) == Decimal(figures["NTM1"])
