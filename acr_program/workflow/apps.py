from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "acr_program.workflow"
    label = "workflow"
