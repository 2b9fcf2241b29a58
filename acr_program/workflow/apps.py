from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "acr_program.workflow"
    label = "workflow"

    def ready(self) -> None:
        from . import clock, navigation  # noqa: F401
