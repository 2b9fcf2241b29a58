"""Two reviews on the real company's data, in May 1998: one from request to approved, one of a vice president's own account."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.acts import take_up
from tests.browser.office import RealOffice

from . import acts, approved
from .acts import ANDREW, NANCY, Sit, expect_state

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.realdata, pytest.mark.usefixtures("company")]


@pytest.mark.demand("R-13", "R-14", "R-15", "R-17", "R-23", "issue 4, shown by 1")
def test_ernst_handel_from_request_to_approved(office: RealOffice, sit: Sit) -> None:
    address = approved.ernst_handel(office, sit)

    expect_state(sit(NANCY), address, "Printing")


@pytest.mark.demand("R-17", "issue 4, shown by 1")
def test_quick_stop_whose_manager_has_no_leader_above_is_approved_by_the_programs_owner(
    office: RealOffice, sit: Sit
) -> None:
    andrew, admin, owner = sit(ANDREW), sit("admin"), sit("owner")
    address = acts.ask_for_printed_review(andrew, "QUICK-Stop, Cunewalde", date(1998, 7, 8))
    acts.accepted(admin, address)
    acts.gathered(office, sit, admin, address, "QUICK-Stop")
    expect_state(andrew, address, "In approval")
    andrew.goto("/reviews/approvals/")
    expect(andrew.locator("#main .queue", has_text="QUICK-Stop")).to_have_count(0)  # nobody their own

    take_up(owner, "QUICK-Stop")
    owner.get_by_role("button", name="Approve version 1").click()
    expect(owner.locator("#main")).to_contain_text("You have approved: ")
    expect_state(andrew, address, "Printing")
