"""Every page that the declarations know, with example arguments from the small company."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from acr_program.people.access import declared
from acr_program.people.roles import the_clock

from .office import RealOffice

# Answers of machines, parts of a page, and files: no page of their own, or looked at as part of one.
NO_PAGE = {
    "healthz", "readyz", "desk:mine", "outbox:body", "reviews:schedule", "reviews:delivery", "reviews:request-progress",
    "reviews:download", "reviews:delivered-file", "reviews:decide-file", "reviews:receipt",
    "desk:suggest", "desk:attachment", "exports:file",
}  # fmt: skip
BY_LINK = {"reviews:delivered", "reviews:write", "reviews:decide"}  # for those without an account: a test of their own
ABSENT = {"charter:set-up"}  # leads away once there is a program


def routes() -> dict[str, str]:
    """Name and pattern of each route of ours that is a page."""
    return {
        name: pattern
        for pattern, name, view in declared()
        if "GET" in getattr(view, "methods", ()) and name not in NO_PAGE | BY_LINK | ABSENT
    }


FACT = "1"


def examples(office: RealOffice) -> dict[str, list[str]]:
    """The addresses of each route; a state of each machine where it has any, and one step page of each name."""
    ask = Asker(office)
    reviews = [str(pk) for pk in office.company["reviews"].values()]
    by_status: dict[str, Callable[[], list[str]]] = {
        "reviews:request": lambda: reviews,
        "reviews:contribution": lambda: ask.one_each("reviews_informationrequest"),
        "reviews:approval": lambda: ask.one_each("reviews_approval"),
        "reviews:document": lambda: ask.one_each("reviews_document"),
        "accounts:account": lambda: [*ask.one_each("accounts_account"), *ask.told()],
        "accounts:end-fact": lambda: ask.told(),
        "accounts:orders": lambda: ask.told(),
        "intake:batch": lambda: ask.one_each("intake_batch"),
        "intake:columns": lambda: ask.keys("SELECT id FROM intake_batch WHERE status IN ('mapping', 'ready')"),
        "outbox:message": lambda: ask.keys("SELECT id FROM outbox_message ORDER BY subject LIMIT 1"),
    }
    found = {}
    for name, pattern in routes().items():
        if name == "desk:keep-view":
            found[name] = ["views/accounts/keep/?status=active"]
        elif "<slug:name>" in pattern:
            found[name] = [pattern.replace("<int:pk>", pk).replace("<slug:name>", step) for pk, step in ask.steps(name)]
        elif name in by_status:
            found[name] = [fill(pattern, pk) for pk in by_status[name]()]
        else:
            found[name] = [fill(pattern, ask.any_of(name))]
    return {name: [f"/{path}" for path in paths] for name, paths in found.items()}


def fill(pattern: str, pk: str) -> str:
    for hole in ("<int:pk>", "<uuid:pk>", "<int:function>", "<str:label>"):
        pattern = pattern.replace(hole, pk)
    return pattern.replace("<int:contact>", pk).replace("<int:fact>", FACT)


class Asker:
    """Reads keys out of the office's own database."""

    TABLES = {
        "reviews:request-step": ("reviews_reviewrequest", "reviews.ReviewRequest"),
        "reviews:contribution-step": ("reviews_informationrequest", "reviews.InformationRequest"),
        "reviews:approval-step": ("reviews_approval", "reviews.Approval"),
        "reviews:document-step": ("reviews_document", "reviews.Document"),
        "reviews:template-step": ("reviews_templateversion", "reviews.TemplateVersion"),
        "accounts:step": ("accounts_account", "accounts.Account"),
        "intake:step": ("intake_batch", "intake.Batch"),
        "charter:year-step": ("charter_programyear", "charter.ProgramYear"),
        "charter:program-step": ("charter_program", "charter.Program"),
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
            if not all(role.title == the_clock.title for role in step.by):
                open_in = [rows[state] for state in step.sources if state in rows]
                found.append((str((open_in or list(rows.values()))[0]), step.name))
        return found

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
            "reviews:template": "reviews_templateversion", "charter:program": "charter_program",
            "charter:edit-program": "charter_program", "charter:year": "charter_programyear",
            "charter:edit-year": "charter_programyear", "charter:function": "charter_function",
        }  # fmt: skip
        if route == "workflow:machine":
            return "reviews.reviewrequest"
        if route == "reviews:request-edit":
            return str(self.office.company["reviews"]["returned"])
        if route == "reviews:request-approver":
            return str(self.office.company["reviews"]["gathering"])
        return self.keys(f"SELECT min(id) FROM {tables.get(route, 'accounts_account')}")[0]


def dashed(key: Any) -> str:
    """A UUID as addresses write it: SQLite keeps it without dashes."""
    text = str(key)
    return (
        f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
        if len(text) == 32 and "-" not in text
        else text
    )
