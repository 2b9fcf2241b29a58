from django.db import migrations

MANY = 500
MET, CLOSED = "met", "closed"


def keep(apps, schema_editor):
    """What representatives had said as plain text, and the questions for whoever stands between meeting and close."""
    reviews, said, asked = (
        apps.get_model("reviews", name) for name in ("ReviewRequest", "RepFeedback", "CustomerFeedback")
    )
    held = reviews.objects.filter(status__in=[MET, CLOSED]).order_by("pk")
    rows = [
        said(request=one, worked=one.rep_feedback, status="given" if one.rep_feedback.strip() else "asked")
        for one in held.iterator(MANY)
        if one.status == MET or one.rep_feedback.strip()
    ]
    said.objects.bulk_create(rows, batch_size=MANY)
    waiting = [asked(request=one, status="planned") for one in held.filter(status=MET).iterator(MANY)]
    asked.objects.bulk_create(waiting, batch_size=MANY)


def give_back(apps, schema_editor):
    """What worked is what stood there before."""
    reviews = apps.get_model("reviews", "ReviewRequest")
    for one in apps.get_model("reviews", "RepFeedback").objects.iterator(MANY):
        reviews.objects.filter(pk=one.request_id).update(rep_feedback=one.worked)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0016_feedback")]

    operations = [migrations.RunPython(keep, give_back)]
