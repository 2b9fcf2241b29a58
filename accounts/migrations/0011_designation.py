"""Designated leaders get a place: the table that stands between becomes a model, and one column more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_account_by_status_and_unit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Designation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="designations",
                                to="accounts.account",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "designation",
                        "db_table": "accounts_account_designated_leaders",
                        "ordering": ("pk",),
                        "unique_together": {("account", "user")},
                    },
                ),
                migrations.AlterField(
                    model_name="account",
                    name="designated_leaders",
                    field=models.ManyToManyField(
                        blank=True,
                        help_text="They approve after the account manager's own leader.",
                        related_name="designated_accounts",
                        through="accounts.Designation",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="designated to approve",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="designation",
            name="place",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="place in the order"),
        ),
        migrations.AlterModelOptions(
            name="designation", options={"ordering": ("place", "pk"), "verbose_name": "designation"}
        ),
    ]
