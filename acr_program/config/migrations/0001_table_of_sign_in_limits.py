from typing import Any

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Django's own command for the cache table; it leaves one that is there alone."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The cache is a table (decision 0011), and a fresh `migrate` must be all it takes."""

    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
