"""The standard sections there are become texts of the library; the day on which each was last confirmed goes with it."""

from datetime import date, timedelta

from django.db import migrations
from django.utils.timezone import now

from acr_program.people.folding import bare
from acr_program.workflow.log import ROOT_HASH, LogEntry, chained

CLOCK = "clock@system.invalid"
STANDARD_TEXT = ("letter", "standard")


def fill(apps, schema_editor):
    get = apps.get_model
    rows = get("reviews", "Section").objects.filter(kind__in=STANDARD_TEXT).exclude(template__status="draft")
    rows = [one for one in rows.select_related("template").order_by("template__number", "place") if one.body.strip()]
    if not rows:
        return
    given = {"name": "The clock", "is_system": True, "is_active": False}
    clock, _made = get("people", "User").objects.get_or_create(email=CLOCK, defaults=given)
    program = get("charter", "Program").objects.first()
    kinds = {
        name: get("contenttypes", "ContentType").objects.get_or_create(app_label="reviews", model=name)[0].pk
        for name in ("revision", "templateversion")
    }
    published = dict(
        get("workflow", "LogEntry").objects.filter(content_type=kinds["templateversion"], step="publish")
        .order_by("pk").values_list("object_id", "at")
    )  # fmt: skip
    wordings = {}
    for one in rows:
        known = wordings.setdefault((one.template.audience, one.key), [])
        if known and known[-1][0].body == one.body:
            known[-1] = (known[-1][0], one)  # carried over: its day is the newest version's
        else:
            known.append((one, one))
    author = program.manager_id if program else clock.pk
    for (audience, key), texts in wordings.items():
        newest = texts[-1][1]
        item = get("reviews", "ContentItem").objects.create(
            audience=audience, key=key, title=newest.title, function_id=newest.function_id,
            search=bare(f"{newest.title} {key} {newest.body}"),
        )  # fmt: skip
        for number, (first, last) in enumerate(texts, start=1):
            at = published.get(first.template_id) or now()
            begin(get, item, number, first, last, at, author, clock.pk, kinds["revision"], current=number == len(texts))


def begin(get, item, number, first, last, at, author, clock, kind, *, current):
    """One wording, with its log as if the clock had written it."""
    status = "current" if current else "superseded"
    Revision = get("reviews", "Revision")
    made = Revision(
        item=item, number=number, author_id=author, text=first.body, since=first.template.number, accepted_at=at,
        confirmed_on=last.confirmed_on, fresh_until=fresh_until(last.confirmed_on), status=status, version=1,
    )  # fmt: skip
    revision = Revision.objects.bulk_create([made])[0]
    if current:
        item.current = revision
        item.save(update_fields=["current"])
    entry = LogEntry(
        content_type_id=kind,
        object_id=revision.pk,
        version=1,
        step="create",
        before="",
        after=status,
        by_id=clock,
        at=now(),
    )
    chained(entry, ROOT_HASH)
    Log = get("workflow", "LogEntry")
    columns = [field.attname for field in Log._meta.concrete_fields if not field.primary_key]
    Log.objects.create(**{name: getattr(entry, name) for name in columns})


def fresh_until(confirmed_on):
    """The last day of the quarter after the one in which it was confirmed, as the program reckons it."""
    if confirmed_on is None:
        return None
    first = date(confirmed_on.year, (confirmed_on.month - 1) // 3 * 3 + 1, 1)
    for _quarter in range(2):
        first = (first + timedelta(days=95)).replace(day=1)  # the first of the month three months on
    return first - timedelta(days=1)


class Migration(migrations.Migration):
    dependencies = [
        ("charter", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("people", "0004_answers_by_link"),
        ("reviews", "0022_content_library"),
        ("workflow", "0005_obligation_again"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField(model_name="section", name="confirmed_on"),
    ]
