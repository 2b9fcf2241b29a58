from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "acr_program.workflow"
    label = "workflow"

    def ready(self) -> None:
        from acr_program.outbox.ways import private_for, way_in

        from . import clock, mails, navigation  # noqa: F401
        from .obligations import Obligation

        mails.register()
        way_in(Obligation, lambda row, person: private_for(row.about, person))
