"""The web server of a promise: the program as it is, or, for the control, with the guards in ACR_PROVE_OFF switched off.

Nothing of this is reachable from the program: it stands in the harness alone.
"""

import os
import sqlite3
import threading
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import django
from django.core.signals import request_started
from django.db import connections, models
from django.db.backends.signals import connection_created

django.setup()

from acr_program.exports import cells  # noqa: E402
from acr_program.files import disk  # noqa: E402
from acr_program.files.models import Manifest, StoredFile  # noqa: E402
from acr_program.links.models import Link  # noqa: E402
from acr_program.people import access  # noqa: E402
from acr_program.workflow import book, clicks, edit, perform, registry, views  # noqa: E402 (the guards are modules of the program)
from keyaccounts.actions import panel_following  # noqa: E402
from keyaccounts.models import Ballot  # noqa: E402
from keyaccounts.pages import panel_page, panel_review_page  # noqa: E402
from reviews.actions import by_link as actions_by_link  # noqa: E402
from reviews.actions import feedback, print_events  # noqa: E402
from reviews.forms import by_link as coded  # noqa: E402
from reviews.pages import composed  # noqa: E402
from reviews.views import by_link  # noqa: E402

OFF = set(filter(None, os.environ.get("ACR_PROVE_OFF", "").split(",")))
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP")


def drop_the_transaction() -> None:
    """Each statement commits by itself; locks, which need a transaction, go with it."""
    book.transaction = SimpleNamespace(atomic=lambda **_how: nullcontext())  # type: ignore[assignment]
    models.QuerySet.select_for_update = lambda self, **how: self  # type: ignore[method-assign]


def forget_clicks() -> None:
    """The same click is not known again."""
    perform.answered = edit.answered = lambda *anything: None
    clicks.digest_of = lambda request: uuid4().hex


def ignore_versions() -> None:
    """State alone decides, as in the engine."""
    perform.check_seen = edit.check_seen = lambda *anything: None


def trust_every_site() -> None:
    """One view takes forms from anywhere."""
    views.take_step.csrf_exempt = True  # type: ignore[attr-defined]


def note_writes(book: str) -> None:
    """The database refuses writes; each try is written down with its page."""
    here = threading.local()

    def refuse(sender: Any, connection: Any, **_more: Any) -> None:
        if connection.vendor == "sqlite":
            connection.connection.execute("PRAGMA query_only = ON")
        else:
            connection.connection.execute("SET default_transaction_read_only = on")
            connection.connection.commit()
        connection.execute_wrappers.append(watch)

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        word = sql.lstrip(" (").split(" ", 1)[0].upper()
        if word in WRITES or "FOR UPDATE" in sql or "FOR NO KEY UPDATE" in sql:
            with open(book, "a") as file:
                file.write(f"{getattr(here, 'path', '')} {sql[:90]!r}\n")
        if word == "PRAGMA" and "query_only = OFF" in sql:
            return None  # the wrapper around each GET must not open the door again
        return execute(sql, params, many, context)

    def note_page(sender: Any, environ: dict[str, Any], **_more: Any) -> None:
        here.path = environ.get("PATH_INFO", "")

    connection_created.connect(refuse, weak=False)
    request_started.connect(note_page, weak=False)
    for connection in connections.all(initialized_only=True):
        connection.close()


def decide_on_sight() -> None:
    """Whoever opens an approval's link has decided, and looking may write."""
    access.read_only = nullcontext  # type: ignore[assignment]
    look = by_link.decide.__wrapped__

    def decided(request: Any, visit: Any) -> Any:
        if visit.of.status == "pending":
            actions_by_link.answer(
                visit.of, "approve", link=visit.link, seen=visit.of.version, key=None, signs=visit.of.signs
            )
        return look(request, visit)

    by_link.decide = by_link.for_the_addressee("decide")(decided)


def ask_no_code() -> None:
    """Pressing the button is enough."""
    Link.check_code = lambda link, typed: None  # type: ignore[method-assign]
    made = coded.Coded.__init__

    def without(form: Any, *args: Any, **kwargs: Any) -> None:
        made(form, *args, **kwargs)
        form.fields["code"].required = False

    coded.Coded.__init__ = without  # type: ignore[method-assign]


def trust_every_cell() -> None:
    """Texts go into exports as they are."""
    cells.harmless = lambda text: text


def trust_the_disk() -> None:
    """What lies on the disk, under whatever row, is what was approved."""
    StoredFile.read = lambda file, name="": disk.path_of(file.sha256).read_bytes()  # type: ignore[method-assign]
    Manifest.check_digest = Manifest.rows  # type: ignore[method-assign]


def forget_events() -> None:
    """What printer and carrier say is not known again."""
    kept = print_events.kept
    print_events.kept = lambda word, order: kept(replace(word, event_id=uuid4().hex), order)


def ask_on() -> None:
    """The close of a review ends nothing that was asked of its customer."""
    registry._consequences["reviewrequest.close"].remove(feedback.stop_asking)


def trust_every_mark() -> None:
    """Mark-up goes into pages as it is stored."""
    composed.clean = lambda html: html


def take_late_votes() -> None:
    """A decision of a panel ends no ballot, and a ballot does not ask whether it is decided."""
    registry._consequences["panelreview.decide"].remove(panel_following.end_ballots)
    Ballot.needs_of = classmethod(lambda cls, step: [])  # type: ignore[assignment]


def show_every_vote() -> None:
    """What members voted for is open to whoever sees the panel."""
    panel_page.is_open = panel_review_page.is_open = lambda review, mine: True


SWITCHES = {
    "transaction": drop_the_transaction,
    "key": forget_clicks,
    "seen": ignore_versions,
    "csrf": trust_every_site,
    "looking": decide_on_sight,
    "code": ask_no_code,
    "harmless": trust_every_cell,
    "hash": trust_the_disk,
    "event": forget_events,
    "late": ask_on,
    "marks": trust_every_mark,
    "late-votes": take_late_votes,
    "open-votes": show_every_vote,
}
for guard in OFF:
    SWITCHES[guard]()
if os.environ.get("ACR_PROVE_READONLY"):
    note_writes(os.environ["ACR_PROVE_READONLY"])
assert sqlite3.sqlite_version_info > (3, 35), "SQLite is too old for RETURNING."

from django.template.loader import get_template  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from acr_program.wsgi import application  # noqa: E402

# Read once by the parent, so that a worker that takes the place of a killed one answers at once.
for name in ("step", "accepted", "contribution", "approval", "delivery"):
    get_template(f"mail/{name}.txt"), get_template(f"mail/{name}.html")
assert get_resolver().url_patterns

__all__ = ["application"]
