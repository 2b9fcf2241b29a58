"""Plain functions that make what tests need, through the program's own doors: `begin`, `perform`, `edit`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from accounts.models import Account, Contact
from acr_program.charter.models import Function, Program, ProgramYear
from acr_program.people.models import Absence, User
from acr_program.workflow.days import add_working_days
from acr_program.workflow.edit import begin
from reviews.models import ReviewRequest, Section, TemplateVersion, Trial

from .acting import fresh, make_user, numbers, office, take
from .chartering import chartered, tell_leaders
from .walk import render, walk

__all__ = [
    "fresh", "make_absence", "make_account", "make_function", "make_program", "make_request", "make_template",
    "make_user", "make_year", "office", "render", "take", "try_out", "walk",
]  # fmt: skip


def make_absence(person: User, stand_in: User, from_on: date | None = None, to_on: date | None = None) -> Absence:
    """The person is away, today alone unless said otherwise."""
    from_on = from_on or localdate()
    return Absence.objects.create(
        person=person, stand_in=stand_in, from_on=from_on, to_on=to_on or from_on, set_by=person
    )


def make_program(status: str = "rolled_out", **fields: Any) -> Program:
    """The one program; the one that is there, where it is there. Nobody owns it but whom the caller names."""
    program = Program.objects.first()
    if program is None:
        manager = fields.pop("manager", None) or office("manager")
        program = begin(Program(pk=1, manager=manager, **({"company": "Nordwind"} | fields)), by=manager)
    if status in (program.status, "designing"):
        return program
    manager = office("manager")
    with chartered(program, manager):
        led(program, status, TO_ROLL_OUT, manager)
    return fresh(program)


def make_year(status: str = "running", label: str | None = None, **fields: Any) -> ProgramYear:
    """The program year; the one of this label, where it is there. Past its draft it has a program, rolled out if it is new."""
    today = localdate()
    label = label or str(today.year)
    fields = {"begins_on": date(today.year, 1, 1), "ends_on": date(today.year, 12, 31)} | fields
    year = ProgramYear.objects.filter(label=label).first() or begin(
        ProgramYear(label=label, **fields), by=office("manager")
    )
    if status in (year.status, "drafting"):
        return year
    program, manager = Program.objects.first(), office("manager")
    with chartered(program or make_program("designing"), manager) as complete:
        if program is None:
            led(complete, "rolled_out", TO_ROLL_OUT, manager)
        led(year, status, TO_CLOSE, manager)
    return fresh(year)


TO_ROLL_OUT: dict[str, dict[str, Any]] = {"start_pilot": {}, "roll_out": {"comment": "The pilot has shown it."}}
TO_CLOSE: dict[str, dict[str, Any]] = {"announce": {}, "start": {}, "close": {"comment": "The year is over."}}


def led(row: Any, status: str, ways: dict[str, dict[str, Any]], manager: User) -> None:
    """The program or a year, taken to this state; the charter is complete meanwhile."""
    for name, data in ways.items():
        if row.status != status and name == "start":
            tell_leaders(row, manager)
        if row.status != status and row.find(name):
            row = take(row, name, manager, **data)


def make_function(name: str | None = None, contributor: User | None = None) -> Function:
    """A function of the company, with the person who answers for it."""
    name = name or f"Function {next(numbers)}"
    return Function.objects.create(name=name, contributor=contributor or make_user("contributor"))


def make_template(
    audience: str = "executive", sections: int = 2, *, contributors: tuple[User, ...] = (), status: str = "published"
) -> TemplateVersion:
    """A version with a letter and so many sections that contributors write."""
    before = TemplateVersion.objects.filter(audience=audience).first()
    template = begin(
        TemplateVersion(audience=audience, number=before.number + 1 if before else 1), by=office("manager")
    )
    functions = [make_function(contributor=person) for person in contributors[:sections]]
    functions += [make_function() for _ in range(sections - len(functions))]
    Section.objects.bulk_create(
        [
            Section(template=template, place=1, key="letter", title="A word", kind="letter", body="Thank you."),
            *(
                Section(
                    template=template,
                    place=place,
                    key=f"part-{place}",
                    title=f"Part {place}",
                    kind="input",
                    function=function,
                )
                for place, function in enumerate(functions, start=2)
            ),
        ]
    )
    for name in ("discard",) if status == "discarded" else ("publish", "retire"):
        if template.status != status and template.find(name):
            try_out(template)
            template = take(template, name, office("manager"))
    return template


def try_out(template: TemplateVersion) -> None:
    """What the rendering job says when a trial on some account went well; without an account there is nothing to try."""
    if account := Account.objects.live().order_by("pk").first():
        about = {"template": template, "at_version": fresh(template).version, "account": account}
        Trial.objects.create(**about, asked_by=office("manager"), state="done", pages=12)


def make_account(status: str = "active", **fields: Any) -> Account:
    """A customer with an account manager, who has a leader above, and a contact."""
    if "manager" not in fields:
        fields["manager"] = make_user("rep", reports_to=make_user("leader"))
    fields = {"name": f"Account {next(numbers)}", "theater": "EMEA", "country": "Germany"} | fields
    account = begin(Account(**fields), by=office("admin"))
    Contact.objects.create(account=account, name="Kim Kunde", email="kim@customer.example", is_main=True)
    ways = {"prospect": (), "active": ("win",), "at_risk": ("win", "flag_risk"), "closed": ("close",)}
    for name in ways[status]:
        account = take(account, name, office("manager"), **({} if name == "win" else {"comment": "As it is."}))
    return account


def make_request(
    status: str = "draft", *, sections: int = 2, account: Account | None = None, **fields: Any
) -> ReviewRequest:
    """A review, led to the wanted state by the steps that lead there; the rendering says it is done."""
    running = ProgramYear.objects.filter(status="running").first()
    year = fields.pop("year", None) or running or ProgramYear.objects.first() or make_year()
    Program.objects.first() or make_program()
    account = account or make_account()
    fields = {
        "audience": "executive",
        "delivery": "printed" if status in ("printing", "shipped") else "digital",
    } | fields
    if not TemplateVersion.objects.published(fields["audience"]):
        make_template(fields["audience"], sections)
    fields = {
        "rep": account.manager,
        "goal": "Agree on next year.",
        "meeting_on": add_working_days(localdate(), 60),
        "recipient": account.contacts.first(),
        "copies": 10 if fields["delivery"] == "printed" else None,
        "ship_to": "1 Main Street" if fields["delivery"] == "printed" else "",
    } | fields
    request = begin(ReviewRequest(account=account, year=year, **fields), by=fields["rep"])
    return walk(request, to=status)
