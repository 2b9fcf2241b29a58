"""Key accounts: who has the status, by what they showed, and who loses it again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeyaccountsConfig(AppConfig):
    name = "keyaccounts"
    verbose_name = _("Key accounts")

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from acr_program.exports.making import writer

        from . import (  # noqa: F401 (lists and mails are known by name)
            filter_lists,
            filter_words,
            incubation_showing,
            lists,
            lists_incubation,
            lists_value,
            mails,
            mails_value,
            navigation,
            navigation_value,
            panel_evidence,
            panels,
            value_letter,
            value_standing,
        )
        from . import panel as panel_part
        from .actions import (  # noqa: F401 (duties are known by name)
            filter_following,
            incubation_following,
            panel_following,
            rounds_clock,
            rounds_following,
            value_following,
        )
        from .models import Programme, words
        from .plan import following as plan_following
        from .plan import lists as plan_lists  # noqa: F401 (known by name)
        from .plan import mails as plan_mails  # noqa: F401 (known by name)
        from .plan import monitoring_evidence, relation_reminders
        from .plan import navigation as plan_navigation
        from .plan import parts as plan_parts  # noqa: F401 (each part says what it holds)

        for changed in (post_save, post_delete):
            changed.connect(words.forget, sender=Programme, dispatch_uid=f"programme-words-{id(changed)}")
        navigation.register()
        panels.register()
        rounds_following.register()
        filter_words.register()
        filter_following.register()
        incubation_showing.register()
        incubation_following.register()
        panel_following.register()
        panel_part.register()
        panel_evidence.register()
        navigation_value.register()
        value_standing.register()
        value_following.register()  # last: a statement says what the steps before it have left
        plan_navigation.register()
        plan_following.register()
        relation_reminders.register()
        monitoring_evidence.register()
        writer(value_letter.LETTER, value_letter.write_letter)
