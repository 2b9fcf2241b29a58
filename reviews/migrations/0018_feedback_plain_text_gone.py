from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reviews", "0017_feedback_old_words")]

    operations = [migrations.RemoveField(model_name="reviewrequest", name="rep_feedback")]
