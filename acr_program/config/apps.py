from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "acr_program.config"
    label = "config"
