"""The log refuses to be changed."""

from typing import Any

from django.db import migrations

from acr_program.workflow import triggers


def install(apps: Any, editor: Any) -> None:
    triggers.install(editor.connection)


def remove(apps: Any, editor: Any) -> None:
    triggers.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
