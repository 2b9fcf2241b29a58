import django.db.models.deletion
import django.utils.timezone
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("charter", "0001_initial"),
        ("reviews", "0020_template_editor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[("executive", "Executive"), ("operational", "Operational")],
                        max_length=12,
                        verbose_name="audience",
                    ),
                ),
                ("key", models.SlugField(max_length=40, verbose_name="key of the section")),
                ("unit", models.CharField(blank=True, max_length=80, verbose_name="business unit")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("search", models.TextField(default="", editable=False)),
                (
                    "function",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="charter.function",
                        verbose_name="owning function",
                    ),
                ),
            ],
            options={
                "verbose_name": "standard text",
                "ordering": ("audience", "title", "unit"),
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                ("number", models.PositiveIntegerField(verbose_name="revision")),
                ("text", models.TextField(verbose_name="text")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="what is new, and why")),
                (
                    "since",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="Reviews that keep an older version keep the text before it.",
                        verbose_name="from template version",
                    ),
                ),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="last confirmed")),
                ("fresh_until", models.DateField(blank=True, null=True, verbose_name="fresh until")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("current", "Current"),
                            ("superseded", "Superseded"),
                            ("rejected", "Rejected"),
                        ],
                        default="proposed",
                        max_length=50,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="reviews.contentitem",
                        verbose_name="standard text",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision of a standard text",
                "ordering": ("-pk",),
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.AddField(
            model_name="contentitem",
            name="current",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reviews.revision",
                verbose_name="current text",
            ),
        ),
        migrations.CreateModel(
            name="StaleWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=2000, verbose_name="why it may go out unconfirmed")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stale_waivers",
                        to="reviews.reviewrequest",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="reviews.revision"
                    ),
                ),
            ],
            options={
                "verbose_name": "waiver of a stale text",
            },
        ),
        migrations.CreateModel(
            name="TouchPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[("contributor", "Contributor"), ("star", "Star performer")],
                        default="contributor",
                        max_length=12,
                        verbose_name="asked as",
                    ),
                ),
                ("quarter", models.DateField(verbose_name="quarter")),
                ("asked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="asked on")),
                ("answered_on", models.DateField(blank=True, editable=False, null=True, verbose_name="answered on")),
                ("lesson", models.TextField(blank=True, max_length=4000, verbose_name="what the meetings taught")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("scheduled", "Scheduled"),
                            ("asked", "Asked"),
                            ("confirmed", "Nothing changed"),
                            ("changed", "Changed"),
                            ("answered", "Answered"),
                            ("missed", "Missed"),
                        ],
                        default="scheduled",
                        max_length=50,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touch_points",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "touch-point",
                "ordering": ("-quarter", "person__name", "pk"),
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unchanged", "Nothing has changed"),
                            ("changed", "Something has changed"),
                            ("added", "Something new belongs here"),
                        ],
                        max_length=12,
                        verbose_name="answer",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=4000, verbose_name="what is new")),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="reviews.contentitem",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reviews.revision"
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="reviews.touchpoint"
                    ),
                ),
            ],
            options={
                "verbose_name": "question of a touch-point",
                "ordering": ("pk",),
            },
        ),
        migrations.AddIndex(
            model_name="contentitem",
            index=models.Index(fields=["title", "id"], name="item_by_title"),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(fields=["status", "-id"], name="revision_by_status"),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("status", "current")), fields=["fresh_until"], name="revision_by_freshness"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["proposed", "current", "superseded", "rejected"])),
                name="revision_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("item", "number"), name="revision_number_once"),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "current")), fields=("item",), name="revision_one_current"
            ),
        ),
        migrations.AddConstraint(
            model_name="contentitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["executive", "operational"])), name="item_audience_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="contentitem",
            constraint=models.UniqueConstraint(fields=("audience", "key", "unit"), name="item_once"),
        ),
        migrations.AddConstraint(
            model_name="stalewaiver",
            constraint=models.UniqueConstraint(fields=("request", "revision"), name="stale_waiver_once"),
        ),
        migrations.AddIndex(
            model_name="touchpoint",
            index=models.Index(fields=["status", "quarter"], name="touch_by_status"),
        ),
        migrations.AddConstraint(
            model_name="touchpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["scheduled", "asked", "confirmed", "changed", "answered", "missed"])
                ),
                name="touch_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="touchpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["contributor", "star"])), name="touch_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="touchpoint",
            constraint=models.UniqueConstraint(fields=("person", "kind", "quarter"), name="touch_once_a_quarter"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["", "unchanged", "changed", "added"])), name="question_answer_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("touch", "item"), name="question_once_a_text"),
        ),
    ]
