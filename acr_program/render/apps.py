from django.apps import AppConfig


class RenderConfig(AppConfig):
    name = "acr_program.render"
    label = "render"
