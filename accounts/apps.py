from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from acr_program.bulk.acts import register

        from . import intake, lists, navigation  # noqa: F401 (lists are known by name)
        from .handing import HAND_OVER

        register(HAND_OVER)
        navigation.register()
        intake.hand_in()
