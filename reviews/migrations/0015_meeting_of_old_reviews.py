"""Reviews that were accepted before meetings were records of their own get theirs, each with the first row of its log."""

from itertools import batched

from django.db import migrations

from acr_program.workflow.log import ROOT_HASH, LogEntry, chained

CLOCK = "clock@system.invalid"
BEFORE = ("draft", "submitted", "returned", "cancelled")
HELD = ("met", "closed")


def fill(apps, schema_editor):
    get = apps.get_model
    rows = get("reviews", "ReviewRequest").objects.exclude(status__in=BEFORE).filter(meetings=None)
    rows = rows.select_related("rep", "recipient").order_by("pk")
    if not rows.exists():
        return
    given = {"name": "The clock", "is_system": True, "is_active": False}
    clock, _made = get("people", "User").objects.get_or_create(email=CLOCK, defaults=given)
    kind, _made = get("contenttypes", "ContentType").objects.get_or_create(app_label="reviews", model="meeting")
    for lot in batched(rows.iterator(chunk_size=500), 500, strict=False):
        begin(get, list(lot), clock.pk, kind.pk)


def begin(get, requests, clock, kind):
    Meeting, Attendee, Log = (
        get(*name) for name in (("reviews", "Meeting"), ("reviews", "Attendee"), ("workflow", "LogEntry"))
    )
    meetings = Meeting.objects.bulk_create(
        [meeting_of(Meeting, request) for request in requests if request.met_on or request.status not in HELD]
    )
    Attendee.objects.bulk_create([one for meeting in meetings for one in attendees_of(Attendee, meeting)])
    columns = [field.attname for field in Log._meta.concrete_fields if not field.primary_key]
    entries = [entry_of(meeting, clock, kind) for meeting in meetings]
    Log.objects.bulk_create([Log(**{name: getattr(entry, name) for name in columns}) for entry in entries])


def meeting_of(Meeting, request):
    """Held as it was said to be, with whoever was said to be there; else planned for its day."""
    held = {"status": "held", "held_on": request.met_on, "others": request.attendees} if request.status in HELD else {}
    return Meeting(request=request, version=1, zone=request.rep.time_zone, **held)


def attendees_of(Attendee, meeting):
    """Of what was held it is known in words alone who came."""
    if meeting.status == "held":
        return
    rep, recipient = meeting.request.rep, meeting.request.recipient
    yield Attendee(meeting=meeting, side="us", person=rep, name=rep.name, email=rep.email)
    if recipient:
        yield Attendee(meeting=meeting, side="you", contact=recipient, name=recipient.name, email=recipient.email)


def entry_of(meeting, clock, kind):
    """The first row of its log; the hash is reckoned as the program reckons it."""
    entry = LogEntry(
        content_type_id=kind, object_id=meeting.pk, version=1, step="create", before="", after=meeting.status, by_id=clock,
        at=meeting.changed_at, account_id=meeting.request.account_id,
    )  # fmt: skip
    chained(entry, ROOT_HASH)
    return entry


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("people", "0004_answers_by_link"),
        ("reviews", "0014_meeting_records"),
        ("workflow", "0004_click"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
