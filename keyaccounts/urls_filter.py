"""The first filter and its scorecards."""

from __future__ import annotations

from dataclasses import replace

from acr_program.people.access import Access, reads, role, route, steps
from acr_program.people.roles import program_managers
from acr_program.workflow.views import take_step

from .filter_rules import readers
from .models import FilterVersion, Membership, Scorecard
from .views import filter_cards
from .views import filter_versions as versions

GET, POST = ("GET", "HEAD"), ("POST",)
version = reads(FilterVersion, via="for_page")
card = reads(Scorecard, via="for_page")


def manager(of: Access) -> Access:
    """The same, for the program manager alone."""
    return replace(of, says=str(program_managers.title), predicate=program_managers)


ONE = "filter/<int:pk>/"
CRITERION = f"{ONE}criteria/<int:criterion>/"
routes = [
    route("filter/", versions.version_list, name="filters", access=role(readers), methods=GET),
    route("filter/begin/", versions.begin, name="begin-filter", access=role(program_managers), methods=POST),
    route(ONE, versions.version_page, name="filter", access=version, methods=GET),
    route(f"{ONE}try-out/", versions.backtest_page, name="backtest", access=version, methods=GET),
    route(f"{ONE}bar/", versions.set_bar, name="filter-bar", access=manager(version)),
    route(f"{ONE}criteria/add/", versions.add, name="add-criterion", access=manager(version)),
    route(CRITERION, versions.change, name="criterion", access=manager(version)),
    route(f"{CRITERION}remove/", versions.remove, name="remove-criterion", access=manager(version), methods=POST),
    route(
        f"{CRITERION}move/<slug:way_>/", versions.move, name="move-criterion", access=manager(version), methods=POST
    ),
    route(f"{ONE}steps/<slug:name>/", take_step, name="filter-step", access=steps(FilterVersion)),
    route("scorecards/", filter_cards.card_list, name="scorecards", access=role(readers), methods=GET),
    route("scorecards/<int:pk>/", filter_cards.card_page, name="scorecard", access=card, methods=GET),
    route(
        "scorecards/<int:pk>/judge/<int:criterion>/", filter_cards.judge, name="judge-criterion", access=manager(card)
    ),
    route("scorecards/<int:pk>/steps/<slug:name>/", take_step, name="scorecard-step", access=steps(Scorecard)),
    route(
        "members/<int:pk>/score/", filter_cards.begin, name="begin-scorecard", methods=POST,
        access=manager(reads(Membership)),
    ),
]  # fmt: skip
