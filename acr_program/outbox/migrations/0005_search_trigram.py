from django.db import migrations

from acr_program.people.trigram import search_index


class Migration(migrations.Migration):
    dependencies = [("outbox", "0004_digest"), ("people", "0001_initial")]

    operations = [search_index("outbox_message", "upper(subject::text)", "upper(address::text)")]
