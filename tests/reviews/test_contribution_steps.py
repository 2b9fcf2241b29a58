"""The machine of what is asked of contributors."""

import pytest
from django.core.exceptions import PermissionDenied

from acr_program.outbox.models import Message
from acr_program.workflow.errors import StepBlocked
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.offers import offers
from reviews.choices import ContributionStatus
from reviews.models import Section
from tests.factories import fresh, take

OFFERS = {  # state -> who is offered what, in order, while the review is gathering
    "requested": {"contributor": ["submit"], "admin": ["submit", "waive"], "clock": ["withdraw"]},
    "submitted": {"contributor": ["recall"], "admin": ["accept", "send_back"], "clock": ["withdraw"]},
    "returned": {"contributor": ["submit"], "admin": ["submit", "waive"], "clock": ["withdraw"]},
    "accepted": {"admin": ["send_back", "reconsider"], "clock": ["withdraw"]},
    "waived": {"admin": ["ask_again"], "clock": ["withdraw"]},
    "withdrawn": {},
}


@pytest.fixture
def section(review, people):
    """The section asked of the first contributor, in the wanted state."""

    def make(status="requested"):
        section = review("gathering").contributions.get(contributor=people["contributor"])
        ways = {
            "submitted": ["submit"],
            "accepted": ["submit", "accept"],
            "returned": ["submit", "send_back"],
            "waived": ["waive"],
            "withdrawn": ["withdraw"],
        }
        for name in ways.get(status, []):
            by = {"submit": "contributor", "withdraw": "clock"}.get(name, "admin")
            given = {"submit": {"text": "Fine."}, "accept": {}, "withdraw": {}}.get(name, {"comment": "As said."})
            section = take(section, name, people[by], **given)
        return section

    return make


@pytest.mark.parametrize("status", ContributionStatus.values)
def test_offers(section, offered, status):
    assert offered(section(status)) == OFFERS[status]


def test_submit_keeps_text_and_note_and_asks_the_office(section, people):
    done = take(section(), "submit", people["contributor"], text="98 % on time.", note="Not for them.")

    row = Obligation.objects.of(done).open().get()
    assert (done.text, done.note, done.words) == ("98 % on time.", "Not for them.", 4)
    assert (row.role, row.step) == ("admin", "accept")


def test_the_office_may_write_it_for_the_contributor_and_both_names_are_kept(section, people):
    entry = take(section(), "submit", people["admin"], text="Told by telephone.").taken.entry

    assert entry.by_name == "Ada Admin for Cora Contributor"


def test_another_contributor_cannot_find_a_word_to_say(section, people):
    with pytest.raises(PermissionDenied, match="“Submit the section” is for the contributor asked"):
        take(section(), "submit", people["second contributor"], text="Mine.")


def test_send_back_tells_the_contributor_why(section, people):
    done = take(section("submitted"), "send_back", people["admin"], comment="Which quarter?")

    mail = Message.objects.filter(person=people["contributor"]).latest("created_at")
    row = Obligation.objects.of(done).open().get()
    assert (done.status, row.person, row.step) == ("returned", people["contributor"], "submit")
    assert "Which quarter?" in mail.text


def test_an_accepted_section_sent_back_voids_what_was_compiled(review, people):
    request = review("compiling")
    document, section = request.latest_document(), request.contributions.first()

    take(section, "send_back", people["admin"], comment="An old figure.")

    assert (fresh(document).status, fresh(section).status) == ("void", "returned")


@pytest.mark.parametrize("status", ["in_approval", "approved", "printing"])
def test_content_stands_still_once_leaders_read_it(review, people, status):
    section = review(status).contributions.first()

    with pytest.raises(StepBlocked, match="The review is past the point where its content can change"):
        take(section, "send_back", people["admin"], comment="Late.")


def test_a_required_locked_section_cannot_be_waived(section, people):
    asked = section()
    Section.objects.filter(pk=asked.section_id).update(locked=True)

    waive = next(offer for offer in offers(fresh(asked), people["admin"]) if offer.name == "waive")

    assert waive.unmet == ["This section is required and locked: it cannot be waived."]


def test_nothing_too_long_and_nothing_empty_is_accepted(section, people):
    asked = section()
    Section.objects.filter(pk=asked.section_id).update(max_words=3)
    take(asked, "submit", people["contributor"], text="One two three four.")
    with pytest.raises(StepBlocked, match="The text is longer than the section allows"):
        take(asked, "accept", people["admin"])

    take(asked, "send_back", people["admin"], comment="Shorter.")
    take(asked, "submit", people["contributor"], text=" ")
    with pytest.raises(StepBlocked, match="There is no text yet"):
        take(asked, "accept", people["admin"])
