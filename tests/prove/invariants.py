"""What holds at every moment, whatever was done to the processes (docs/promises.md, I1 to I8)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from acr_program.files.errors import Corrupt
from acr_program.outbox.models import Message
from acr_program.people.choices import Role
from acr_program.workflow.docs import machines
from acr_program.workflow.log import LogEntry
from acr_program.workflow.obligations import Obligation
from acr_program.workflow.seals import verify
from reviews.models import Approval, InformationRequest, ReviewRequest

from .tally import Tally


def check(tally: Tally, acknowledged: Iterable[tuple[str, str]] = ()) -> None:
    """All of them; `acknowledged` are click and step of every request that was answered with yes (I8)."""
    tally.expect(not (faults := list(verify())), "I1, I2, I7: state, versions and chains agree.", faults[:5])
    tally.expect(not (odd := list(mails())), "I3: one mail for each step, effect and recipient.", odd[:5])
    tally.expect(not (odd := list(obligations())), "I3: what waits is what the last step made wait.", odd[:5])
    tally.expect(not (odd := list(contributions())), "I4: an accepted review has asked each contributor once.", odd[:5])
    tally.expect(not (odd := list(approvals())), "I5, I6: what is approved is what was shown and is stored.", odd[:5])
    wanted = Counter(acknowledged)
    known = Counter((key or "", step) for key, step in LogEntry.objects.values_list("key", "step"))
    missing = [click for click in wanted if known[click] != 1]
    tally.expect(not missing, "I8: every acknowledged click is in the database, once.", missing[:5])


def rows() -> Iterable[tuple[Any, list[LogEntry]]]:
    """Each object of a machine, with its log."""
    logs: dict[tuple[int, int], list[LogEntry]] = defaultdict(list)
    for entry in LogEntry.objects.select_related("detail").order_by("version"):
        logs[entry.content_type_id, entry.object_id].append(entry)
    from django.contrib.contenttypes.models import ContentType

    for machine in machines():
        kind = ContentType.objects.get_for_model(machine).pk
        for obj in machine._default_manager.all():
            yield obj, logs[kind, obj.pk]


def mails() -> Iterable[str]:
    """For each logged step the mails that it owes, to the people it tells, and to nobody twice.

    A step that was taken back, and the one that took it back, owe nobody a word.
    """
    sent: dict[str, list[str]] = defaultdict(list)
    for key, address in Message.objects.values_list("key", "address"):
        sent[key].append(address)
    for obj, log in rows():
        steps = obj.declared_steps()
        untold = {version for entry in log if (undone := undoes(entry)) for version in (undone, entry.version)}
        for entry in log:
            step = steps.get(entry.step)
            if step and step.tells:
                audiences = step.tells if entry.version not in untold else ()
                told = {p.email for audience in audiences for p in audience(obj) if p.pk != entry.by_id and p.is_active}
                told -= came_later(log, entry)
                if sorted(sent[f"log-{entry.hash[:24]}"]) != sorted(told):
                    yield f"{obj!r} {entry.step}: {sent[f'log-{entry.hash[:24]}']} instead of {told}"


def came_later(log: list[LogEntry], entry: LogEntry) -> set[str]:
    """Who was taken among the members after this step, and was owed no word by it."""
    from acr_program.people.models import User

    later = [one for one in log if one.step == "add_member" and one.version > entry.version]
    people = [one.detail.data["person"] for one in later if hasattr(one, "detail")]
    return set(User.objects.filter(pk__in=people).values_list("email", flat=True)) if people else set()


def undoes(entry: LogEntry) -> int:
    """The version that this row took back; none where it took nothing back."""
    data = entry.detail.data if hasattr(entry, "detail") else {}
    return int(data.get("undoes", {}).get("version", 0))


def obligations() -> Iterable[str]:
    """Open is what the last step, or the beginning, made wait; nothing else."""
    opened: Counter[tuple[int, int]] = Counter(
        Obligation.objects.open().values_list("content_type_id", "object_id")  # type: ignore[arg-type]
    )
    for obj, log in rows():
        if not log or isinstance(obj, Approval):  # whose turn it is among leaders is not the step's to say
            continue
        steps = obj.declared_steps()
        moves = [one for one in log if one.before != one.after or (one.step in steps and steps[one.step].awaits)]
        step = steps.get(moves[-1].step)
        awaits = begun(obj, moves[0].after) if step is None else step.awaits
        expected = sum(1 if isinstance(a.who, Role) else len(list(a.who(obj))) for a in awaits)
        if opened[log[-1].content_type_id, obj.pk] != expected:
            yield f"{obj!r} after {moves[-1].step}: {opened[log[-1].content_type_id, obj.pk]} open instead of {expected}"


def begun(obj: Any, state: str) -> list[Any]:
    """What a row awaits that began in this state: nothing that was behind it already."""
    return [awaited for awaited in obj.BEGINS_AWAITS if state in obj.declared_steps()[awaited.step].sources]


def contributions() -> Iterable[str]:
    for request in ReviewRequest.objects.exclude(template=None):
        wanted = set(request.template.sections.asked().values_list("pk", flat=True))
        asked = list(InformationRequest.objects.filter(request=request).values_list("section", flat=True))
        if sorted(asked) != sorted(wanted):
            yield f"request {request.pk}: sections {asked} were asked instead of {wanted}"


def approvals() -> Iterable[str]:
    checked = set()
    for approval in Approval.objects.filter(status="approved").select_related("document__manifest"):
        manifest = approval.document.manifest
        if manifest is None or approval.signs != manifest.digest:
            yield f"approval {approval.pk} signs another manifest"
        elif manifest.pk not in checked:
            checked.add(manifest.pk)
            try:
                manifest.prove()
            except Corrupt as corrupt:
                yield corrupt.sentence
