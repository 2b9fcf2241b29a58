from django.apps import AppConfig


class BulkConfig(AppConfig):
    name = "acr_program.bulk"
    label = "bulk"

    def ready(self) -> None:
        from . import acts, showing, undoing

        acts.register(undoing.UNDO)
        showing.register()
