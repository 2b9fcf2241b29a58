from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from . import intake, lists, navigation  # noqa: F401 (lists are known by name)

        navigation.register()
        intake.hand_in()
