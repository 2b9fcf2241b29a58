from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "acr_program.desk"
    label = "desk"

    def ready(self) -> None:
        from . import finding, navigation, standing_in  # noqa: F401
