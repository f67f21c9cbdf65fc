"""Under which entry of the menu a page stands."""

import pytest

from kernel.web import NAVIGATION


@pytest.mark.parametrize("page", ["accounts/new", "units", "superiors", "office", "import/units"])
def test_every_tab_of_the_administrator_stands_under_the_entry_that_leads_to_it(page):
    here = max(NAVIGATION, key=lambda link: link.stands_over(f"/intake/{page}"))

    assert here.label == "Đơn vị và tài khoản"


def test_a_page_that_no_entry_is_over_stands_under_none():
    assert not any(link.stands_over("/elsewhere") for link in NAVIGATION)
