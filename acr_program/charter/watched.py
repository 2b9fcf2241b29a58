"""What the office is warned of."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from acr_program.desk.telling import Telling
from acr_program.desk.watches import watch

from .choices import Audience
from .models import Rhythm

watch(
    "silence", _("Silence"), lambda: Rhythm.objects.exclude(silent_since=None), tone="warn",
    telling=Telling(
        _("Write to them"), lambda key: reverse("charter:alignment"), "silent_since", "audience",
        named=lambda audience: str(Audience(audience).label),
    ),
)  # fmt: skip
