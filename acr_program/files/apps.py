from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "acr_program.files"
    label = "files"
