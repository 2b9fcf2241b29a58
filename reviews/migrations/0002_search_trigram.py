from django.db import migrations

from acr_program.people.trigram import search_index


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [search_index("reviews_reviewrequest")]
