"""Key accounts: who has the status, by what they showed, and who loses it again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeyaccountsConfig(AppConfig):
    name = "keyaccounts"
    verbose_name = _("Key accounts")

    def ready(self) -> None:
        from . import mails, navigation  # noqa: F401 (mails are known by name)
        from . import panel as panel_part
        from .actions import panel_following, rounds_following

        navigation.register()
        rounds_following.register()
        panel_following.register()
        panel_part.register()
