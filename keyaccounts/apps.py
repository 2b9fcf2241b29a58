"""Key accounts: who has the status, by what they showed, and who loses it again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeyaccountsConfig(AppConfig):
    name = "keyaccounts"
    verbose_name = _("Key accounts")

    def ready(self) -> None:
        from . import incubation_showing, lists_incubation, mails, navigation  # noqa: F401 (lists and mails are known by name)
        from .actions import incubation_following, rounds_following

        navigation.register()
        rounds_following.register()
        incubation_showing.register()
        incubation_following.register()
