"""The process as the program always had it becomes version 1; every review that was ever submitted is bound to it."""

from django.db import migrations

from reviews.process.first import first_version


def begin(apps, schema_editor):
    get = apps.get_model
    process = first_version(get("reviews", "ProcessVersion"), get("reviews", "DescribedStep"))
    asked = get("reviews", "ReviewRequest").objects.exclude(status="draft")
    asked.update(process=process, pace=process.pace)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0025_process_versions")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
