from django.db import migrations

from acr_program.people.trigram import search_index


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_account_by_since")]

    operations = [search_index("accounts_account")]
