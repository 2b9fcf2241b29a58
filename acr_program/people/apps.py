from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "acr_program.people"
    label = "people"

    def ready(self) -> None:
        from . import checks  # noqa: F401
