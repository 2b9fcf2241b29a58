"""What the style guide shows: invented people and figures, every component in every mood."""

from datetime import date, timedelta
from enum import nonmember
from types import SimpleNamespace
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from acr_program.ui import charts, forms
from acr_program.ui.filters import FilterSet, Search
from acr_program.ui.icons import PATHS
from acr_program.ui.lists import Column, ListPage, Sort, Table
from acr_program.ui.parts import Crumb, Figure, Happening, Milestone, Stage, View, Waiting

LONG = "Toms Spezialitäten und Feinkost Handelsgesellschaft mbH & Co."


class Mood(models.TextChoices):
    """One state for each tone."""

    DRAFT = "draft", "Draft"
    GATHERING = "gathering", "Gathering"
    APPROVED = "approved", "Approved"
    BACK = "back", "Sent back"
    OVERDUE = "overdue", "Overdue"

    tones = nonmember({"draft": "neutral", "gathering": "info", "approved": "good", "back": "warn", "overdue": "bad"})


class Sample(forms.Form):
    """Every kind of field."""

    headings = {"Who it is for": ["account", "audience"], "The meeting": ["meeting_on", "email", "achieve", "follow"]}
    account = forms.forms.CharField(label="Account", help_text="Last met on 18 November 2025.")
    audience = forms.forms.ChoiceField(
        label="Audience",
        choices=[("executive", "Executive"), ("operational", "Operational")],
        widget=forms.Cards(notes={"executive": "Eight sections, for those who decide", "operational": "Six sections"}),
    )
    meeting_on = forms.Day(label="Date")
    email = forms.forms.EmailField(label="Guest’s address", required=False)
    achieve = forms.Long(label="What should the meeting achieve?", words=8, help_text="One or two sentences.")
    follow = forms.forms.BooleanField(label="Carry open follow-ups over", required=False, help_text="Four are open")
    theater = forms.forms.ChoiceField(label="Theater", choices=[("", "Any"), ("emea", "EMEA")], required=False)
    sections = forms.forms.MultipleChoiceField(
        label="Sections",
        choices=[("letter", "Opening letter"), ("year", "Your year with us")],
        widget=forms.Several(notes={"letter": "standard text, locked"}),
        required=False,
    )


class PersonFilter(FilterSet):
    q = Search(over=["name", "title"])
    title = django_filters.ChoiceFilter(
        label="Title", choices=[("Account manager", "Account manager")], empty_label="Any"
    )


PEOPLE = Table(
    columns=[
        Column("name", "Person", link=lambda row: f"#person-{row.pk}", sub="title", sort="name"),
        Column("title", "Title", empty="no title"),
        Column("joined_at", "Since", sort="newest", nowrap=True),
        Column("mood", "Mood", value=lambda row: Mood.APPROVED),
        Column("sales", "Net sales", value=lambda row: row.pk * 1204, num=True),
    ],
    sorts=[Sort("name", "name", "name", "id"), Sort("newest", "newest", "-joined_at", "-id")],
    noun=("person", "people"),
    size=5,
)


def everything(request: HttpRequest) -> dict[str, Any]:
    """The context of the style guide."""
    rows = get_user_model().objects.filter(is_active=True)
    today = timezone.localdate()
    return {
        "moods": list(Mood),
        "long": LONG,
        "icons": sorted(PATHS),
        "way": [Crumb("Program", "#"), Crumb("Style guide")],
        "machine": SimpleNamespace(pk=1, version=14, steps_url="/styleguide/steps/"),
        "other": SimpleNamespace(pk=2, version=3, steps_url="/styleguide/steps/"),
        "offers": offers(),
        "stages": stages(""),
        "late_stages": stages("warn"),
        "people": ["Marisol Tejada", "Helena Brandt"],
        "waiting": waiting(),
        "entries": happenings(),
        "comments": comments(),
        "milestones": milestones(today),
        "figures": [
            Figure("57", "of 64 expected are requested"),
            Figure("38", "delivered", "11 behind", "bad"),
            Figure("89 %", "on time", "goal 90", "warn"),
            Figure("4.4", "rated by customers", "up 0.3", "good"),
        ],
        "facts": [("Audience", "Executive: 3 guests"), ("Deliver to", LONG), ("Carrier", None)],
        "views": [View("All", "#", 148, current=True), View("Late", "#", 5, "bad"), View("December", "#")],
        "form": Sample(initial={"audience": "executive"}),
        "wrong": Sample({"account": LONG, "achieve": "We want a frame for two years and " * 3}, auto_id="wrong_%s"),
        "list": ListPage(request, PersonFilter(request.GET, queryset=rows, request=request), PEOPLE),
        "nothing": ListPage(request, rows.none(), PEOPLE, name="nothing"),
        "pictures": pictures(),
    }


def offers() -> list[SimpleNamespace]:
    def offer(name: str, label: str, **more: Any) -> SimpleNamespace:
        return SimpleNamespace(**({"name": name, "label": label, "form": None, "unmet": [], "main": False} | more))

    return [
        offer("ask", "Ask for approval", main=True),
        offer("print", "Send to print", unmet=["Every approver has approved: Sunniva Lund has not."]),
        offer("back", "Send back", form="ReasonForm"),
        offer("cancel", "Cancel the request", form="ReasonForm", danger=True),
    ]


def stages(tone: str) -> list[Stage]:
    return [
        Stage("Submitted", "2 Nov", "done"),
        Stage("Gathering", "3 to 16 Nov", "done"),
        Stage("Compiling", "since 16 Nov", "now", tone),
        *(
            Stage(name, note)
            for name, note in (("Approval", "by 20 Nov"), ("Printing", "by 30 Nov"), ("Met", "10 Dec"))
        ),
    ]


def waiting() -> list[Waiting]:
    return [
        Waiting(
            "White Clover Markets waits for your approval",
            "#",
            "4 days late",
            "Since Tue 10 Nov",
            "bad",
            "Decide",
            main=True,
        ),
        Waiting(f"Answer Priya about {LONG}", "#", "Today", "Sent back: “Which audience is it?”", "warn", "Answer"),
        Waiting("Confirm that Ernst Handel has its copies", "#", "Thu 19 Nov", act="Confirm delivery"),
    ]


def happenings() -> list[Happening]:
    now = timezone.now()
    return [
        Happening("The clock", "began to render version 3", now, "info", "clock"),
        Happening(
            "Helena Brandt", "asked for changes", now - timedelta(days=4), "warn", comment="Take the margin out."
        ),
        Happening("Marisol Tejada", "submitted the request", now - timedelta(days=15), "good"),
    ]


def comments() -> list[SimpleNamespace]:
    now = timezone.now()
    return [
        SimpleNamespace(
            by_name="Helena Brandt",
            text="The margin is shown to the customer.",
            at=now,
            kind="reason",
            tone="warn",
            said="asked for changes",
        ),
        SimpleNamespace(by_name="Kenji Otsuka", text="Done; the chart now ends at net sales.", at=now),
    ]


def milestones(today: date) -> list[Milestone]:
    return [
        Milestone(today - timedelta(days=7), "Ask contributors", "5 working days ago", "bad"),
        Milestone(today, "Compiled", "today", "warn"),
        Milestone(today + timedelta(days=7), "Approved", "5 working days"),
        Milestone(today + timedelta(days=16), "You meet", mood="goal"),
    ]


def pictures() -> list[charts.Chart]:
    bar, line, part, square = charts.Bar, charts.Line, charts.Part, charts.Square
    return [
        charts.Funnel(
            "The year so far: 64 expected, 57 requested, 38 delivered, 33 met",
            [bar("Expected", 64), bar("Requested", 57), bar("Delivered", 38, goal=49), bar("Met", 33)],
        ),
        charts.Bars(
            "Working days a stage: gathering takes longest, 6 at the median, 11 at the 90th percentile",
            [
                bar("Submitted", 0.5, beyond=1.5, goal=1),
                bar("Gathering", 6, beyond=11, goal=8),
                bar("Approval", 3, beyond=8, goal=5),
            ],
            head="Stage",
            value_name="median",
            beyond_name="90th percentile",
            goal_name="planned",
        ),
        charts.Stack(
            "Requests under way by stage and age: gathering and approval hold the oldest",
            [part("in time"), part("older than the median", tone="warn"), part("past its latest safe day", tone="bad")],
            [("Submitted", [4, 1, 0]), ("Gathering", [6, 5, 2]), ("Approval", [3, 3, 3])],
            head="Stage",
        ),
        charts.Lines(
            "Delivered on time, by month: from 71 percent in January to 89 in November; goal 90",
            [*"JFMAMJJASON"],
            [
                line("share", [71, 74, 73, 79, 82, 80, 86, 88, None, 91, 89]),
                line("year before", [66, 68, 70, 69, 72, 75, 74, 78, 80, 79, 81]),
            ],
            goal=90,
            unit="%",
            low=60,
            high=100,
            head="Month",
        ),
        charts.Radar(
            "The relationship: strong in service and trust, weak in reach",
            ["Service", "Trust", "Reach", "Growth", "Margin"],
            [line("this year", [4, 4.5, 2, 3.5, 3]), line("last year", [3, 4, 2.5, 3, 3])],
            head="Mark",
        ),
        charts.Grid(
            "Pilot coverage: Seafood in EMEA and APAC is not covered",
            ["AMER", "EMEA", "APAC"],
            [
                ("Beverages", [square("2", "good"), square("1", "good"), square("1", "warn")]),
                ("Seafood", [square("1", "good"), square("none", "bad"), square("none", "bad")]),
            ],
            head="Business unit",
        ),
    ]
