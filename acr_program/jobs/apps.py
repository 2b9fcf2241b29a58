from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "acr_program.jobs"
    label = "jobs"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers itself)
        from .redis_broker import register

        register()
