from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "acr_program.jobs"
    label = "jobs"
