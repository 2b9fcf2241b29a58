from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "acr_program.charter"
    label = "charter"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from acr_program.people.roles import program_managers
        from acr_program.ui.shell import provide
        from acr_program.workflow.registry import after, edit_door

        from . import actions, mails, navigation, shell, watched  # noqa: F401
        from .forms import DAYS, FACTS, OWNED
        from .look import LOOK
        from .models import Program, ProgramYear

        after("communication.send", actions.ask_receipts)
        after("communication.tell_newcomers", actions.ask_newcomers)
        after("programyear.close", actions.keep_scores)
        after("receipt.confirm", actions.read_by_confirming)
        after("communication.withdraw", actions.lapse_receipts)
        edit_door(Program, (*FACTS, *OWNED), program_managers)
        edit_door(Program, LOOK, program_managers)
        edit_door(ProgramYear, DAYS, program_managers)

        provide(
            company=lambda: shell.frame().company,
            contact=lambda: shell.frame().contact,
            year=lambda: shell.frame().year,
        )
        for changed in (post_save, post_delete):
            for model in (Program, ProgramYear):
                changed.connect(shell.forget, sender=model, dispatch_uid=f"shell-{model.__name__}-{id(changed)}")
