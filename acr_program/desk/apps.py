from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "acr_program.desk"
    label = "desk"

    def ready(self) -> None:
        from . import finding, lists, navigation  # noqa: F401
