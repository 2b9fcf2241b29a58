from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "acr_program.outbox"
    label = "outbox"

    def ready(self) -> None:
        from . import digest, lists, mails, navigation  # noqa: F401 (the digest is a duty of the clock)
