from datetime import date
from decimal import Decimal

import pytest

from vnadmin.awards.money import NoBonus, Rounding, base_salary, bonus
from vnadmin.awards.titles import NomineeKind, UnknownAward, award
from vnadmin.editions.reading import read
from vnadmin.validity import Mark

ONE, HOME, MANY = NomineeKind.INDIVIDUAL, NomineeKind.HOUSEHOLD, NomineeKind.COLLECTIVE
DAYS = (date(2023, 12, 25), date(2024, 1, 5), date(2025, 7, 1))

# factors under Decree 91/2017, 98/2023 and 152/2025, each with the mark of its source
FACTORS = [
    ("advanced_worker", ONE, "0.3 B", "0.3 K", "0.3 B"),
    ("advanced_soldier", ONE, "0.3 B", "0.3 K", "0.3 B"),
    ("grassroots_emulation_fighter", ONE, "1.0 K", "1.0 K", "1.0 B"),
    ("advanced_collective", MANY, "0.8 B", "0.8 K", "0.8 B"),
    ("excellent_collective", MANY, "1.5 K", "1.5 K", "1.5 B"),
    ("cultural_village", MANY, "1.5 K", "1.5 K", "1.5 B"),
    ("exemplary_commune", MANY, None, "2.0 K", "2.0 B"),
    ("cultural_family", HOME, "0.1 K", "0.1 K", "0.1 K"),
    ("commune_commendation", ONE, "0.15 B", "0.15 B", "0.3 B"),
    ("commune_commendation", HOME, None, "0.225 K", "0.45 B"),
    ("commune_commendation", MANY, "0.3 B", "0.3 K", "0.6 C"),
    ("district_commendation", ONE, "0.3 K", "0.3 K", None),
    ("provincial_certificate_of_merit", ONE, "1.0 K", "1.5 K", "1.5 B"),
]
CELLS = [
    (code, kind, on, cell)
    for code, kind, *row in FACTORS
    for on, cell in zip(DAYS, row, strict=True)
]


@pytest.mark.parametrize(("code", "kind", "on", "cell"), [it for it in CELLS if it[3]])
def test_each_factor_is_that_of_its_decree(code, kind, on, cell):
    factor, mark = cell.split()

    found = bonus(code, kind, on)

    assert found.factor == Decimal(factor)
    assert found.mark == max(mark, base_salary(on).mark)
    assert found.raw == found.factor * found.base_salary


@pytest.mark.parametrize(("code", "kind", "on"), [it[:3] for it in CELLS if not it[3]])
def test_no_money_goes_with_it_on_that_day(code, kind, on):
    with pytest.raises(NoBonus, match="Không có mức tiền thưởng"):
        bonus(code, kind, on)


@pytest.mark.parametrize(
    ("on", "amount", "mark"),
    [
        (date(2018, 7, 1), 1_390_000, "B"),
        (date(2019, 6, 30), 1_390_000, "B"),
        (date(2019, 7, 1), 1_490_000, "B"),
        (date(2023, 6, 30), 1_490_000, "B"),
        (date(2023, 7, 1), 1_800_000, "K"),
        (date(2024, 6, 30), 1_800_000, "K"),
        (date(2024, 7, 1), 2_340_000, "B"),
        (date(2026, 6, 30), 2_340_000, "B"),
        (date(2026, 7, 1), 2_530_000, "B"),
    ],
)
def test_the_base_salary_is_that_of_the_day(on, amount, mark):
    assert (base_salary(on).amount, base_salary(on).mark) == (amount, mark)


def test_no_base_salary_is_known_before_the_first():
    with pytest.raises(NoBonus, match="30/06/2018"):
        base_salary(date(2018, 6, 30))


# (award, nominee, day) that brings out a factor at a rate, with the raw and the rounded amount
RATE_18, RATE_234, RATE_253 = date(2023, 12, 25), date(2025, 7, 1), date(2026, 7, 1)
OLD_234 = date(2024, 7, 1)  # the new rate while Decree 98/2023 still held
AMOUNTS = [
    ("commune_commendation", ONE, RATE_18, 270_000, 270_000),
    ("commune_commendation", MANY, RATE_18, 540_000, 540_000),
    ("advanced_worker", ONE, RATE_18, 540_000, 540_000),
    ("advanced_collective", MANY, RATE_18, 1_440_000, 1_440_000),
    ("grassroots_emulation_fighter", ONE, RATE_18, 1_800_000, 1_800_000),
    ("cultural_village", MANY, RATE_18, 2_700_000, 2_700_000),
    ("commune_commendation", ONE, OLD_234, 351_000, 360_000),
    ("commune_commendation", HOME, OLD_234, 526_500, 530_000),
    ("commune_commendation", MANY, OLD_234, 702_000, 710_000),
    ("commune_commendation", ONE, RATE_234, 702_000, 710_000),
    ("commune_commendation", HOME, RATE_234, 1_053_000, 1_060_000),
    ("commune_commendation", MANY, RATE_234, 1_404_000, 1_410_000),
    ("advanced_collective", MANY, RATE_234, 1_872_000, 1_880_000),
    ("grassroots_emulation_fighter", ONE, RATE_234, 2_340_000, 2_340_000),
    ("cultural_village", MANY, RATE_234, 3_510_000, 3_510_000),
    ("commune_commendation", ONE, RATE_253, 759_000, 760_000),
    ("commune_commendation", HOME, RATE_253, 1_138_500, 1_140_000),
    ("commune_commendation", MANY, RATE_253, 1_518_000, 1_520_000),
    ("advanced_collective", MANY, RATE_253, 2_024_000, 2_030_000),
    ("grassroots_emulation_fighter", ONE, RATE_253, 2_530_000, 2_530_000),
    ("cultural_village", MANY, RATE_253, 3_795_000, 3_800_000),
]


@pytest.mark.parametrize(("code", "kind", "on", "raw", "amount"), AMOUNTS)
def test_amounts_are_computed_and_rounded_up(code, kind, on, raw, amount):
    found = bonus(code, kind, on)

    assert (found.raw, found.amount) == (raw, amount)


@pytest.mark.parametrize(
    ("raw", "up", "nearest"),
    [
        (810_000, 810_000, 810_000),
        (1_080_000, 1_080_000, 1_080_000),
        (379_500, 380_000, 380_000),
        (1_112_000, 1_120_000, 1_110_000),
        (834_000, 840_000, 830_000),
        (223_500, 230_000, 220_000),
        (447_000, 450_000, 450_000),
        (445_000, 450_000, 450_000),
        (0, 0, 0),
    ],
)
def test_the_three_readings_of_the_rounding_rule(raw, up, nearest):
    assert Rounding.UP_TO_10000.apply(raw) == up
    assert Rounding.NEAREST_10000.apply(raw) == nearest
    assert Rounding.NONE.apply(raw) == raw


def test_the_rounding_can_be_switched_and_the_raw_value_stays():
    found = bonus("commune_commendation", ONE, RATE_234, rounding=Rounding.NONE)

    assert (found.amount, found.raw, found.rounding) == (702_000, 702_000, Rounding.NONE)


@pytest.mark.parametrize("on", [date(2023, 12, 25), date(2024, 1, 5)])
def test_the_year_2023_of_one_commune_adds_up(on):
    individuals = 70 * bonus("commune_commendation", ONE, on).amount
    collectives = 19 * bonus("commune_commendation", MANY, on).amount

    assert individuals + collectives == 29_160_000
    assert 17 * bonus("advanced_worker", ONE, on).amount == 9_180_000
    assert 2 * bonus("grassroots_emulation_fighter", ONE, on).amount == 3_600_000


def test_a_bonus_names_its_sources():
    found = bonus("commune_commendation", MANY, RATE_253)

    assert found.article == "điểm e khoản 1 Điều 54 Nghị định số 152/2025/NĐ-CP"
    assert found.base_salary_article == "Nghị định số 161/2026/NĐ-CP"
    assert found.mark is Mark.WEAK


def test_an_unknown_award_or_an_unfit_nominee_gets_nothing():
    with pytest.raises(UnknownAward):
        bonus("cultural_agency", MANY, RATE_18)
    with pytest.raises(NoBonus, match="tập thể"):
        bonus("advanced_worker", MANY, RATE_18)


def test_no_day_before_the_first_decree_has_a_factor():
    with pytest.raises(NoBonus):
        bonus("advanced_worker", ONE, date(2017, 9, 30))


def test_every_factor_of_the_files_makes_whole_dong_for_a_nominee_that_fits():
    salaries = [it.integer("amount") for it in read("bonuses").entries("base_salaries")]
    for edition in read("bonuses").entries("editions"):
        for entry in edition.entries("factors"):
            assert NomineeKind(entry.text("nominee")) in award(entry.text("award")).objects
            multiple = Decimal(str(entry.fields.get("multiple", 1)))
            for salary in salaries:
                assert (entry.decimal("factor") * multiple * salary) % 1 == 0
