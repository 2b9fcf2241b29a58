from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "acr_program.charter"
    label = "charter"
