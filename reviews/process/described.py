"""The ten steps of the process; every step of a machine belongs to one of them.

Which steps there are the program knows; what each is in words, who owns it and how many days it has a version of the process
says (`DescribedStep`, `ProcessVersion.pace`), and `Described` is the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acr_program.workflow.steps import Step
from reviews.choices import Delivery
from reviews.choices import RequestStatus as S
from reviews.models import DescribedStep, ProcessVersion, ReviewRequest
from reviews.schedule import LABELS, LEGS, days_for, days_of

Words = str | Promise


@dataclass(frozen=True)
class ProcessStep:
    """One step: `marks` are the steps of machines whose entry in the log says that it is done, `also` what belongs to it.

    `stages` are those of the plan that it may take; `awaited` the step of the request after which it is waited for.
    """

    key: str
    done: Words  # in the row of a check list
    marks: tuple[str, ...]
    also: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    awaited: str = ""

    @property
    def refusals(self) -> list[str]:
        """What the program refuses it for, in the sentences that people meet."""
        needs = (need for step in declared(self.marks) for need in step[0].needs_of(step[1]))
        return list(dict.fromkeys(str(need.says) for need in needs))

    @property
    def acts(self) -> list[tuple[str, str]]:
        """The declared steps by which it is taken, and who takes them."""
        return [(str(step.label), step.who) for _model, step in declared((*self.marks, *self.also))]

    @property
    def counted(self) -> list[tuple[str, str]]:
        """The legs of the plan that belong to it, by delivery: the days that a version of the process gives them."""
        return [(str(way), str(state)) for way, states in LEGS.items() for state in states if state in self.stages]


@dataclass(frozen=True)
class Described:
    """A step in the words and days of one version of the process."""

    step: ProcessStep
    words: DescribedStep
    process: ProcessVersion

    @property
    def key(self) -> str:
        return self.step.key

    @property
    def place(self) -> int:
        return self.words.place

    @property
    def url(self) -> str:
        return reverse("reviews:process-step", args=[self.process.pk, self.key])

    @property
    def expected(self) -> str:
        """How long it should take: in the version's own words, else in working days, where the plan or the machine says so."""
        if self.words.takes:
            return self.words.takes
        if self.step.awaited:
            return working_days(ReviewRequest.declared_steps()[self.step.awaited].awaits[0].days)
        if not self.step.stages:
            return ""
        digital, printed = (days_for(way, self.process.pace, *self.step.stages) for way in LEGS)
        return working_days(digital) if digital == printed else both(digital, printed)

    @property
    def days(self) -> list[tuple[Words, int | None, int | None]]:
        """Each leg of the plan that belongs to it: what ends it, and its working days digitally and in print."""
        known = days_of(self.process.pace)
        states = dict.fromkeys(state for _way, state in self.step.counted)
        return [
            (LABELS[S(state)], known.get((Delivery.DIGITAL, state)), known.get((Delivery.PRINTED, state)))
            for state in states
        ]


def described(process: ProcessVersion) -> list[Described]:
    """Every step of the process, in order, as this version has it."""
    words = {row.key: row for row in process.steps.all()}
    return [Described(one, words[one.key], process) for one in PROCESS]


def declared(names: tuple[str, ...]) -> Iterator[tuple[Any, Step]]:
    for name in names:
        kind, _dot, step = name.partition(".")
        model: Any = apps.get_model("reviews", kind)
        if step in model.declared_steps():
            yield model, model.declared_steps()[step]


def working_days(n: int) -> str:
    return ngettext("%(n)d working day", "%(n)d working days", n) % {"n": n}


def both(digital: int, printed: int) -> str:
    return _("%(digital)d working days digitally, %(printed)d in print") % {"digital": digital, "printed": printed}


PROCESS = (
    ProcessStep(
        "asked", gettext_lazy("Asked"), ("reviewrequest.submit",),
        ("reviewrequest.accept", "reviewrequest.recall", "reviewrequest.send_back", "reviewrequest.cancel"),
    ),
    ProcessStep(
        "gathered", gettext_lazy("Gathered"), ("informationrequest.accept", "informationrequest.waive"),
        ("informationrequest.submit", "informationrequest.recall", "informationrequest.send_back",
         "informationrequest.reconsider", "informationrequest.ask_again", "informationrequest.withdraw",
         "deviation.allow", "deviation.refuse", "deviation.withdraw"),
        stages=(S.GATHERING,),
    ),
    ProcessStep("complete", gettext_lazy("Complete"), ("reviewrequest.start_compiling",)),
    ProcessStep(
        "compiled", gettext_lazy("Compiled"), ("reviewrequest.request_approval",),
        ("reviewrequest.rework", "reviewrequest.reopen", "reviewrequest.upgrade", "reviewrequest.upgrade_in_rework",
         "document.rendered", "document.failed", "document.render_again", "document.void"),
        stages=(S.COMPILING,),
    ),
    ProcessStep(
        "approved", gettext_lazy("Approved"), ("approval.approve",),
        ("reviewrequest.approve_all", "approval.ask_for_changes", "approval.withdraw", "approval.lapse",
         "reviewrequest.ask_for_changes"),
        stages=(S.IN_APPROVAL,),
    ),
    ProcessStep("sealed", gettext_lazy("Sealed"), ("document.seal",)),
    ProcessStep(
        "delivered", gettext_lazy("Delivered"), ("reviewrequest.deliver_digital", "reviewrequest.confirm_delivery"),
        ("reviewrequest.send_to_print", "reviewrequest.ship", "printorder.send", "printorder.printed", "printorder.ship",
         "printorder.deliver", "printorder.fail", "printorder.try_again", "printorder.change", "printorder.recall"),
        stages=(S.PRINTING, S.SHIPPED, S.DELIVERED),
    ),
    ProcessStep(
        "met", gettext_lazy("Met"), ("reviewrequest.hold_meeting",), ("meeting.hold", "meeting.cancel"), stages=(S.MET,)
    ),
    ProcessStep(
        "fed-back", gettext_lazy("Fed back"), ("reviewrequest.close",),
        ("customerfeedback.ask", "customerfeedback.remind", "customerfeedback.answer", "customerfeedback.void",
         "customerfeedback.lapse", "repfeedback.give", "repfeedback.suggest", "suggestion.adopt", "suggestion.decline"),
        awaited="hold_meeting",
    ),
    ProcessStep(
        "followed-up", gettext_lazy("Followed up"), ("followup.finish", "followup.drop"),
        ("followup.start", "followup.hand_over", "followup.reopen"),
    ),
)  # fmt: skip


def step_of(name: str) -> ProcessStep | None:
    """To which step of the process a step of a machine belongs."""
    return next((one for one in PROCESS if name in (*one.marks, *one.also)), None)
