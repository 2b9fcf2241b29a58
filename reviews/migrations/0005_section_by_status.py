from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_request_by_status_and_meeting")]

    operations = [
        migrations.AddIndex(
            "informationrequest", models.Index(fields=["status", "-id"], name="contribution_by_status")
        ),
    ]
