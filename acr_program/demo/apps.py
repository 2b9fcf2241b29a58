from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "acr_program.demo"
    label = "demo"
