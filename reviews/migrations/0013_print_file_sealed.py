"""An order for print names a file of its sealed document; the database refuses any other."""

from typing import Any

from django.db import migrations

from reviews.models import sealed_files


def install(apps: Any, editor: Any) -> None:
    sealed_files.install(editor.connection)


def remove(apps: Any, editor: Any) -> None:
    sealed_files.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0012_print_orders")]
    operations = [migrations.RunPython(install, remove)]
