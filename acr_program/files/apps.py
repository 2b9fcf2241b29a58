from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "acr_program.files"
    label = "files"

    def ready(self) -> None:
        from . import duties  # noqa: F401  (registers what the clock does)
