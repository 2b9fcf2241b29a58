from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "acr_program.outbox"
    label = "outbox"

    def ready(self) -> None:
        from . import lists, navigation  # noqa: F401
