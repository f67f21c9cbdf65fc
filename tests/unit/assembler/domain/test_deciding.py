from dataclasses import replace
from datetime import date

from services.assembler.domain.deciding import decidable_awards
from tests.builders.dossiers import a_dossier, a_nomination, a_sector

AWARDS = ("commune_commendation", "advanced_worker", "grassroots_emulation_fighter")


def content(*awards):
    nominations = tuple(a_nomination(award=award) for award in awards)
    return replace(a_dossier().content, sectors=(a_sector(nominations=nominations),))


def codes(found):
    return [award.code for award in found]


def test_the_commune_decides_what_the_law_of_the_day_gives_it():
    before, after = date(2024, 1, 15), date(2025, 7, 15)

    assert codes(decidable_awards(content(*AWARDS), before)) == [
        "advanced_worker",
        "commune_commendation",
    ]
    assert codes(decidable_awards(content(*AWARDS), after)) == [
        "grassroots_emulation_fighter",
        "advanced_worker",
        "commune_commendation",
    ]


def test_an_award_without_nominees_or_without_authority_asks_for_no_decision():
    day = date(2024, 1, 15)

    assert codes(decidable_awards(content(), day)) == []
    assert codes(decidable_awards(content("state_order", "no_such_award"), day)) == []
    assert codes(decidable_awards(content("commune_commendation"), date(2001, 1, 1))) == []
