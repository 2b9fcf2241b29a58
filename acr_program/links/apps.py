from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "acr_program.links"
    label = "links"
