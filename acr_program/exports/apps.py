from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "acr_program.exports"
    label = "exports"

    def ready(self) -> None:
        from . import showing

        showing.register()
