from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    name = "pilots"
    verbose_name = _("Pilots")

    def ready(self) -> None:
        from acr_program.exports.making import writer
        from acr_program.people.roles import program_managers
        from acr_program.workflow.registry import after, edit_door, gate

        from . import lists, mails, navigation, piloting, reporting  # noqa: F401 (lists are known by name)
        from .actions import following
        from .forms.waves import SIZING
        from .models import PilotWave

        navigation.register()
        following.register()
        edit_door(PilotWave, SIZING, program_managers)
        gate("reviewrequest.submit").add(piloting.pilots_only)
        after("pilotwave.take_criteria", following.judge_anew)
        after("pilotwave.take_plan", following.select_planned)
        after("pilotwave.launch", following.start_pilots)
        after("pilotwave.start_evaluation", following.end_reserve)
        after("pilotwave.conclude", following.into_the_charter)
        after("pilotcandidate.promote", following.start_at_once)
        after("account.fact", following.fact_turned)
        after("account.edit", following.follow_manager)
        after("account.close", following.account_closed)
        writer(reporting.REPORT, reporting.write_report)
