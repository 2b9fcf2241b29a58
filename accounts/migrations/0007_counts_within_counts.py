from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_promised_orders")]

    operations = [
        migrations.AddConstraint(
            model_name="performance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_time__lte", models.F("promised")),
                    ("promised__lte", models.F("shipped")),
                    ("shipped__lte", models.F("orders")),
                ),
                name="performance_counts_within_counts",
            ),
        ),
    ]
