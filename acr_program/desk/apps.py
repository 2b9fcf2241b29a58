from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "acr_program.desk"
    label = "desk"
