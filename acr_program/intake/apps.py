from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "acr_program.intake"
    label = "intake"
