"""Key accounts: who has the status, by what they showed, and who loses it again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeyaccountsConfig(AppConfig):
    name = "keyaccounts"
    verbose_name = _("Key accounts")

    def ready(self) -> None:
        from acr_program.exports.making import writer

        from . import lists_value, mails, mails_value, navigation, navigation_value, value_letter  # noqa: F401 (known by name)
        from .actions import rounds_following, value_following

        navigation.register()
        rounds_following.register()
        navigation_value.register()
        value_following.register()
        writer(value_letter.LETTER, value_letter.write_letter)
