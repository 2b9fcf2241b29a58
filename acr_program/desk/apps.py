from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "acr_program.desk"
    label = "desk"

    def ready(self) -> None:
        from . import finding, lists, mails, navigation, standing_in  # noqa: F401
        from .beside import holding, today  # noqa: F401 (a duty of the clock, and a part of Today)
