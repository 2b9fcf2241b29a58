from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_open_ends")]

    operations = [
        migrations.RemoveConstraint(model_name="figure", name="figure_kind_known"),
        migrations.AlterField(
            model_name="figure",
            name="kind",
            field=models.CharField(
                choices=[
                    ("net", "Net value"), ("orders", "Orders"), ("margin", "Margin, %"), ("wallet", "Share of wallet, %"),
                    ("satisfaction", "Satisfaction, 0 to 10"),
                ],
                max_length=12,
                verbose_name="figure",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="value",
            field=models.DecimalField(decimal_places=4, max_digits=16, verbose_name="value"),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["net", "orders", "margin", "wallet", "satisfaction"])),
                name="figure_kind_known",
            ),
        ),
        migrations.AddField(
            model_name="performance",
            name="stated",
            field=models.BooleanField(db_default=False, default=False, verbose_name="as told, not computed"),
        ),
    ]  # fmt: skip
