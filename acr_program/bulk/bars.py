"""What can be done with the ticked rows of a list: the steps that some row on the page allows, and the list's own acts."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from acr_program.ui.lists import ListPage
from acr_program.workflow.steps import Step

from .actions import fits, steps_of
from .acts import ListAct, acts_on
from .choices import MOST


class Bar:
    """Drawn under a list with `Table(pick=True)` whose rows are a machine's; asks no query of its own."""

    def __init__(self, page: ListPage, user: Any) -> None:
        self.page, self.user = page, user

    @cached_property
    def steps(self) -> list[Step | ListAct]:
        steps = steps_of(self.page.queryset.model).values()
        others = acts_on(self.page.known.name) if self.page.objects else []
        return [
            *(step for step in steps if fits(step) and any(self.takes(step, of) for of in self.page.objects)),
            *(act for act in others if act.is_for(self.user)),
        ]

    def takes(self, step: Step, of: Any) -> bool:
        return of.status in step.sources and step.is_for(self.user, of)

    @property
    def url(self) -> str:
        return f"{reverse('bulk:choose', args=[self.page.known.name])}?{self.page.query}"

    @property
    def all(self) -> int:
        """How many the filter finds, where they are more than stand on this page and no more than one act takes."""
        return self.page.number if len(self.page.objects) < self.page.number <= MOST else 0


def bar_of(request: Any, page: ListPage) -> Bar:
    return Bar(page, request.user)
