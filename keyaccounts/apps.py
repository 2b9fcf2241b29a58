"""Key accounts: who has the status, by what they showed, and who loses it again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeyaccountsConfig(AppConfig):
    name = "keyaccounts"
    verbose_name = _("Key accounts")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from . import lists, mails, navigation, panels  # noqa: F401 (lists and mails are known by name)
        from .actions import rounds_clock, rounds_following  # noqa: F401 (duties are known by name)
        from .models import Programme, words

        for changed in (post_save, post_delete):
            changed.connect(words.forget, sender=Programme, dispatch_uid=f"programme-words-{id(changed)}")
        navigation.register()
        panels.register()
        rounds_following.register()
