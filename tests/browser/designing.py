"""The office before its program: people alone. `python -m tests.browser.designing OUT` makes it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.company import PASSWORD, address_of, main

PEOPLE = {
    "manager": ("Max Manager", ["manager"], "Program Manager"),
    "admin": ("Ada Admin", ["admin"], "Program Administrator"),
    "leader": ("Lena Leader", ["leader"], "Sales Director"),
    "second leader": ("Leo Leader", ["leader"], "Sales Director"),
    "rep": ("Rita Rep", ["rep"], "Account Manager"),
}


def make_company(out: Path) -> None:
    from django.contrib.auth.hashers import make_password

    from acr_program.people.models import User
    from tests.factories import make_user

    for who, (name, roles, title) in PEOPLE.items():
        make_user(*roles, name=name, email=address_of(who), title=title)
    User.objects.filter(name="Rita Rep").update(reports_to=User.objects.get(name="Lena Leader"))
    User.objects.filter(is_system=False).update(password=make_password(PASSWORD))
    out.write_text(json.dumps({}))


if __name__ == "__main__":
    main(make_company)
