from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "acr_program.outbox"
    label = "outbox"
