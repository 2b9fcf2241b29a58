"""An office whose first wave has candidates to choose between. `python -m tests.browser.planning OUT` makes it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.company import PASSWORD, address_of, main


def make_company(out: Path) -> None:
    from django.contrib.auth.hashers import make_password

    from acr_program.people.models import User
    from tests.factories import make_user
    from tests.pilots.planworld import make_choice

    make_user("manager", name="Max Manager", email=address_of("manager"), title="Program Manager")
    make_user("admin", name="Ada Admin", email=address_of("admin"), title="Program Administrator")
    made = make_choice()
    User.objects.filter(is_system=False).update(password=make_password(PASSWORD))
    out.write_text(json.dumps({"wave": made["wave"].pk}))


if __name__ == "__main__":
    main(make_company)
