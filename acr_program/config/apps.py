from typing import Any

from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """Checks and the cache table; no models."""

    name = "acr_program.config"
    label = "config"

    def ready(self) -> None:
        from . import checks  # noqa: F401  registering is what the import is for

        post_migrate.connect(make_cache_table, sender=self)


def make_cache_table(*, using: str, plan: list[Any] | None = None, **_kwargs: Any) -> None:
    """The table of sign-in limits comes with `migrate`; a mere flush, which has no plan, leaves it alone."""
    if plan is not None:
        call_command("createcachetable", database=using, verbosity=0)
