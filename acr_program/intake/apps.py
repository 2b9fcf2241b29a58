from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "acr_program.intake"
    label = "intake"

    def ready(self) -> None:
        from . import lists, navigation, outcomes  # noqa: F401 (a list is known by name)
        from .kinds import register
        from .people import PeopleKind

        navigation.register()
        register(PeopleKind)
        outcomes.register()
