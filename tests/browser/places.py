"""Every page that the declarations know, with example arguments from the small company."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from acr_program.people.access import declared
from acr_program.people.roles import the_clock, the_customer, the_printer
from tests.keyed import keyed

from .office import RealOffice

# Answers of machines, parts of a page, and files: no page of their own, or looked at as part of one.
NO_PAGE = {
    "charter:logo",
    "healthz", "readyz", "desk:mine", "outbox:body", "reviews:schedule", "reviews:delivery", "reviews:request-progress",
    "reviews:download", "reviews:delivered-file", "reviews:decide-file", "reviews:receipt",
    "desk:suggest", "desk:attachment", "exports:file", "desk:calendar-feed",
    "reviews:trial", "reviews:trial-file", "reviews:meeting-file", "reviews:printer-file", "reviews:contribution-hints",
    *keyed().no_page,
}  # fmt: skip
BY_LINK = {
    "reviews:delivered",
    "reviews:write",
    "reviews:decide",
    "reviews:touch",
    "reviews:say",
    "reviews:printer",
    *keyed().by_link,
}  # for those without an account: a test of their own
OF_STATE = {  # a review in the state in which the page is of use
    "reviews:new-print-order": "printing", "reviews:new-follow-up": "delivered", "reviews:deviate": "compiling",
    "reviews:waive-stale": "gathering", "reviews:request-edit": "returned", "reviews:request-approver": "gathering",
    "reviews:upgrade": "gathering",
}  # fmt: skip
OF_A_DRAFT = (
    "reviews:template-edit", "reviews:section-new", "reviews:section-edit", "reviews:section-remove",
    "reviews:template-tokens", "reviews:template-trials",
)  # fmt: skip
ABSENT = {"charter:set-up"}  # leads away once there is a program


def routes() -> dict[str, str]:
    """Name and pattern of each route of ours that is a page."""
    return {
        name: pattern
        for pattern, name, view in declared()
        if "GET" in getattr(view, "methods", ()) and name not in NO_PAGE | BY_LINK | ABSENT
    }


FACT = "1"
WITH_INPUTS = (
    "SELECT min(d.id) FROM reviews_document d JOIN files_manifest m ON m.id = d.manifest_id"
    " JOIN files_storedfile f ON f.sha256 = m.inputs_sha256"
)
LETTER = "1"  # the wording of the letter that is current
LINE = "2"  # the note that is no follow-up yet


HOLE = re.compile(r"<(int|uuid):\w+>")
KNOWN = {"<int:revision>": LETTER, "<int:line>": LINE, "<slug:section>": "letter", "<slug:key>": "delivered"}


def examples(office: RealOffice) -> dict[str, list[str]]:
    """The addresses of each route; a state of each machine where it has any, and one step page of each name."""
    ask = Asker(office)
    reviews = [str(pk) for pk in office.company["reviews"].values()]
    by_status: dict[str, Callable[[], list[str]]] = {
        "reviews:request": lambda: reviews,
        "reviews:contribution": lambda: [
            *ask.one_each("reviews_informationrequest"),
            *ask.keys("SELECT part_id FROM reviews_commitment LIMIT 1"),
        ],
        "reviews:approval": lambda: ask.one_each("reviews_approval"),
        "reviews:print-order": lambda: ask.one_each("reviews_printorder"),
        "reviews:follow-up": lambda: ask.one_each("reviews_followup"),
        "reviews:deviation": lambda: ask.one_each("reviews_deviation"),
        "reviews:meeting": lambda: ask.one_each("reviews_meeting"),
        "reviews:meeting-plan": lambda: ask.keys("SELECT min(id) FROM reviews_meeting WHERE status = 'planned'"),
        "reviews:meeting-outcome": lambda: ask.keys("SELECT min(id) FROM reviews_meeting WHERE status = 'held'"),
        "reviews:meeting-mark": lambda: ask.keys("SELECT meeting_id FROM reviews_note ORDER BY id LIMIT 1"),
        "reviews:document": lambda: ask.one_each("reviews_document"),
        "reviews:last-year": lambda: ask.keys("SELECT max(id) FROM reviews_document WHERE status = 'sealed'"),
        "reviews:provenance": lambda: ask.keys(WITH_INPUTS),
        "reviews:customer-feedback": lambda: ask.one_each("reviews_customerfeedback"),
        "reviews:rep-feedback": lambda: ask.one_each("reviews_repfeedback"),
        "reviews:revision": lambda: ask.one_each("reviews_revision"),
        "reviews:touch-point": lambda: ask.one_each("reviews_touchpoint"),
        "reviews:suggestion": lambda: ask.one_each("reviews_suggestion"),
        **dict.fromkeys(
            OF_A_DRAFT, lambda: ask.keys("SELECT id FROM reviews_templateversion WHERE status = 'draft' LIMIT 1")
        ),
        "reviews:process-version": lambda: ask.one_each("reviews_processversion"),
        "reviews:process-step-edit": lambda: ask.keys("SELECT id FROM reviews_processversion WHERE status = 'draft'"),
        "reviews:star": lambda: ask.one_each("reviews_starperformer"),
        "accounts:account": lambda: [*ask.one_each("accounts_account"), *ask.told()],
        "accounts:end-fact": lambda: ask.told(),
        "accounts:orders": lambda: ask.told(),
        "intake:batch": lambda: ask.one_each("intake_batch"),
        "intake:columns": lambda: ask.keys("SELECT id FROM intake_batch WHERE status IN ('mapping', 'ready')"),
        "pilots:wave": lambda: ask.keys("SELECT id FROM pilots_pilotwave"),
        "pilots:feedback": lambda: ask.one_each("pilots_pilotwave"),
        "pilots:candidate": lambda: [
            *ask.one_each("pilots_pilotcandidate"),
            *ask.keys("SELECT max(id) FROM pilots_pilotcandidate WHERE flag > ''"),
        ],
        "pilots:finding": lambda: ask.one_each("pilots_finding"),
        **dict.fromkeys(
            ("pilots:propose", "pilots:candidates"),
            lambda: ask.keys("SELECT min(id) FROM pilots_pilotwave WHERE status = 'selecting'"),
        ),
        **dict.fromkeys(
            ("pilots:sizing", "pilots:tested"),
            lambda: ask.keys("SELECT min(id) FROM pilots_pilotwave WHERE status = 'planning'"),
        ),
        "pilots:tests": lambda: ask.keys("SELECT min(id) FROM pilots_pilotcandidate WHERE status = 'proposed'"),
        "charter:leader": lambda: ask.one_each("charter_alignment"),
        "charter:communication": lambda: ask.one_each("charter_communication"),
        "charter:training": lambda: ask.one_each("charter_trainingassignment"),
        "charter:edit-communication": lambda: ask.keys(
            "SELECT min(id) FROM charter_communication WHERE status = 'draft' GROUP BY kind"
        ),
        "charter:question": lambda: ask.one_each("charter_inquiry"),
        "charter:receipt": lambda: ask.one_each("charter_receipt"),
        "outbox:message": lambda: ask.keys("SELECT id FROM outbox_message ORDER BY subject LIMIT 1"),
        **keyed().keys(ask),
    }
    paths = keyed().paths(ask)
    by_status |= dict.fromkeys(("desk:mail-hold", "desk:mail-release", "desk:mail-drop"), by_status["outbox:message"])
    found = {}
    for name, pattern in routes().items():
        if name == "desk:keep-view":
            found[name] = ["views/accounts/keep/?status=active"]
        elif name == "reviews:evidence":
            rows = office.query("SELECT account_id, year_id FROM reviews_reviewrequest WHERE status = 'closed'")
            found[name] = [pattern.replace("<int:pk>", str(of)).replace("<int:year>", str(in_)) for of, in_ in rows]
        elif name in paths:
            found[name] = paths[name]
        elif "<slug:name>" in pattern:
            found[name] = [pattern.replace("<int:pk>", pk).replace("<slug:name>", step) for pk, step in ask.steps(name)]
        elif name == "pilots:judge":
            found[name] = [pattern.replace("<int:pk>", of).replace("<int:criterion>", pk) for of, pk in ask.judged()]
        elif name in ("charter:new-line", "charter:line"):
            found[name] = [pattern.replace("<slug:kind>", of).replace("<int:line>", pk) for of, pk in ask.lines()]
        elif name in by_status:
            found[name] = [fill(pattern, pk) for pk in by_status[name]()]
        else:
            found[name] = [fill(pattern, ask.any_of(name))]
    return {name: [f"/{path}" for path in paths] for name, paths in found.items()}


def fill(pattern: str, pk: str) -> str:
    for hole in ("<int:pk>", "<uuid:pk>", "<int:function>", "<str:label>", "<int:criterion>", "<int:person>"):
        pattern = pattern.replace(hole, pk)
    for hole, value in KNOWN.items():
        pattern = pattern.replace(hole, value)
    pattern = pattern.replace("<int:contact>", pk).replace("<int:fact>", FACT)
    return HOLE.sub(pk, pattern)


class Asker:
    """Reads keys out of the office's own database."""

    TABLES = {
        "reviews:request-step": ("reviews_reviewrequest", "reviews.ReviewRequest"),
        "reviews:contribution-step": ("reviews_informationrequest", "reviews.InformationRequest"),
        "reviews:approval-step": ("reviews_approval", "reviews.Approval"),
        "reviews:document-step": ("reviews_document", "reviews.Document"),
        "reviews:print-order-step": ("reviews_printorder", "reviews.PrintOrder"),
        "reviews:follow-up-step": ("reviews_followup", "reviews.FollowUp"),
        "reviews:deviation-step": ("reviews_deviation", "reviews.Deviation"),
        "reviews:meeting-step": ("reviews_meeting", "reviews.Meeting"),
        "reviews:customer-feedback-step": ("reviews_customerfeedback", "reviews.CustomerFeedback"),
        "reviews:rep-feedback-step": ("reviews_repfeedback", "reviews.RepFeedback"),
        "reviews:star-step": ("reviews_starperformer", "reviews.StarPerformer"),
        "reviews:suggestion-step": ("reviews_suggestion", "reviews.Suggestion"),
        "reviews:revision-step": ("reviews_revision", "reviews.Revision"),
        "reviews:touch-point-step": ("reviews_touchpoint", "reviews.TouchPoint"),
        "reviews:process-version-step": ("reviews_processversion", "reviews.ProcessVersion"),
        "reviews:template-step": ("reviews_templateversion", "reviews.TemplateVersion"),
        "accounts:step": ("accounts_account", "accounts.Account"),
        "intake:step": ("intake_batch", "intake.Batch"),
        "pilots:wave-step": ("pilots_pilotwave", "pilots.PilotWave"),
        "pilots:candidate-step": ("pilots_pilotcandidate", "pilots.PilotCandidate"),
        "pilots:finding-step": ("pilots_finding", "pilots.Finding"),
        "charter:leader-step": ("charter_alignment", "charter.Alignment"),
        "charter:communication-step": ("charter_communication", "charter.Communication"),
        "charter:training-step": ("charter_trainingassignment", "charter.TrainingAssignment"),
        "charter:question-step": ("charter_inquiry", "charter.Inquiry"),
        "charter:receipt-step": ("charter_receipt", "charter.Receipt"),
        "charter:year-step": ("charter_programyear", "charter.ProgramYear"),
        "charter:program-step": ("charter_program", "charter.Program"),
        **keyed().tables,
    }

    def __init__(self, office: RealOffice) -> None:
        self.office = office

    def keys(self, sql: str) -> list[str]:
        return [dashed(row[0]) for row in self.office.query(sql)]

    def one_each(self, table: str) -> list[str]:
        """One row in each state."""
        return self.keys(f"SELECT min(id) FROM {table} GROUP BY status ORDER BY status")

    def told(self) -> list[str]:
        """The account of which something is told: orders, the fact, a note, figures."""
        return self.keys(f"SELECT account_id FROM accounts_fact WHERE id = {FACT}")

    def steps(self, route: str) -> list[tuple[str, str]]:
        """For each step that a person takes, a row in whose state it is open; some row where none is."""
        from django.apps import apps

        table, label = self.TABLES[route]
        rows: dict[str, Any] = dict(self.office.query(f"SELECT status, min(id) FROM {table} GROUP BY status"))
        model: Any = apps.get_model(label)
        found = []
        for step in model.declared_steps().values():
            if not all(role.title in (the_clock.title, the_customer.title, the_printer.title) for role in step.by):
                open_in = [rows[state] for state in step.sources if state in rows]
                if (label, step.name) == ("reviews.TouchPoint", "answer"):  # what a star alone is asked
                    open_in = self.keys(f"SELECT id FROM {table} WHERE kind = 'star' AND status = 'asked'")
                found.append((str((open_in or list(rows.values()))[0]), step.name))
        return found

    def lines(self) -> list[tuple[str, str]]:
        """A line of each kind that the charter holds."""
        from acr_program.charter.kinds import KINDS

        tables = {key: kind.model._meta.db_table for key, kind in KINDS.items()}
        return [(key, self.keys(f"SELECT min(id) FROM {table}")[0]) for key, table in tables.items()]

    def judged(self) -> list[tuple[str, str]]:
        """A candidate that is proposed with each criterion that the office judges."""
        (of,) = self.keys("SELECT min(id) FROM pilots_pilotcandidate WHERE status = 'proposed'")
        own = "SELECT id FROM pilots_criterion WHERE last_id IS NULL AND evidence NOT IN ('plan', 'agreement')"
        return [(of, pk) for pk in self.keys(own)]

    def any_of(self, route: str) -> str:
        """Some key for this route."""
        if route == "desk:comment-change":
            return self.keys("SELECT max(id) FROM desk_comment WHERE edited_at IS NOT NULL")[0]
        if route == "bulk:bulk":
            return self.keys("SELECT id FROM bulk_bulk LIMIT 1")[0]
        if route == "desk:view":
            return self.keys("SELECT min(id) FROM desk_savedview")[0]
        if route.startswith("desk:"):
            return self.keys("SELECT min(id) FROM people_user WHERE email = 'rep@office.example'")[0]
        tables = {
            "reviews:request-mentionable": "reviews_reviewrequest", "reviews:document-mentionable": "reviews_document",
            "reviews:contribution-mentionable": "reviews_informationrequest",
            "reviews:contribution-tokens": "reviews_informationrequest",
            "pilots:findings": "pilots_pilotwave", "pilots:report-finding": "pilots_pilotwave",
            "pilots:candidate-mentionable": "pilots_pilotcandidate", "pilots:criterion": "pilots_criterion",
            "pilots:skills": "people_user WHERE email = 'rep@office.example'",
            "reviews:library-item": "reviews_contentitem", "reviews:library-propose": "reviews_contentitem",
            "reviews:library-unit": "reviews_contentitem",
            "reviews:template": "reviews_templateversion", "reviews:template-changes": "reviews_templateversion",
            "reviews:process-step": "reviews_processversion", "reviews:process-changes": "reviews_processversion",
            "charter:program": "charter_program", "charter:edit-program": "charter_program", "charter:look": "charter_program",
            "charter:edit-ownership": "charter_program", "charter:write": "charter_programyear",
            "charter:expect": "charter_programyear", "charter:year": "charter_programyear",
            "charter:edit-year": "charter_programyear", "charter:function": "charter_function",
        }  # fmt: skip
        if route == "workflow:machine":
            return "reviews.reviewrequest"
        if route in OF_STATE:
            return str(self.office.company["reviews"][OF_STATE[route]])
        return self.keys(f"SELECT min(id) FROM {tables.get(route, 'accounts_account')}")[0]


def dashed(key: Any) -> str:
    """A UUID as addresses write it: SQLite keeps it without dashes."""
    text = str(key)
    return (
        f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
        if len(text) == 32 and "-" not in text
        else text
    )
