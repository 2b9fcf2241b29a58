from django.db import migrations, models
from django.db.models import Q


def what_is_open(apps, schema_editor):
    open_now = Q(manager=None) | Q(theater="") | ~Q(manager_named="")
    apps.get_model("accounts", "Account").objects.filter(open_now).update(has_open_ends=True)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_counts_within_counts")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="has_open_ends",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["has_open_ends", "name", "id"], name="account_by_open_ends"),
        ),
        migrations.RunPython(what_is_open, migrations.RunPython.noop),
    ]
