from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "acr_program.people"
    label = "people"
