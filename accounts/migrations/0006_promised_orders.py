from django.db import migrations
from django.db.models import F


def every_order_had_a_promise(apps, schema_editor):
    """Until now each shipped order counted as one with a promised day."""
    apps.get_model("accounts", "Performance").objects.update(promised=F("shipped"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_figures_facts")]

    operations = [migrations.RunPython(every_order_had_a_promise, migrations.RunPython.noop)]
