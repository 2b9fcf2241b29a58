"""The same office while its program is piloted: the clerk of the office is there for three days a week."""

from __future__ import annotations

from functools import partial

from tests.browser.company import main

from .company import make_company

if __name__ == "__main__":
    main(partial(make_company, program="piloting"))
    from acr_program.charter import lines
    from acr_program.charter.models import ConcludedWave, Program, RosterEntry
    from acr_program.people.models import User

    ada, mia = (User.objects.get(name=name) for name in ("Ada Admin", "Mia Marlow"))
    lines.keep(RosterEntry(), by=mia, person=ada, part="Compiles the documents", share=60)
    for line in ConcludedWave.objects.all():  # that a wave is over is for the test to bring about
        lines.drop(line, by=mia, seen=Program.objects.get().version)
