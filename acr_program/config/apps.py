from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Checks at start-up, and the table of sign-in limits; no models."""

    name = "acr_program.config"
    label = "config"

    def ready(self) -> None:
        from . import checks, navigation  # noqa: F401  registering is what the import is for
