from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "acr_program.ui"
    label = "ui"
