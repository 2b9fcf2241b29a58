"""The office of the real company while its key accounts are chosen: two more executives, whose days are their own."""

from __future__ import annotations

from pathlib import Path

from tests.browser.company import PASSWORD, address_of, main

from . import company

EXECUTIVES = {
    "second executive": ("Edda Executive", ["executive"], "Chief Financial Officer"),
    "third executive": ("Erik Executive", ["executive"], "Chief Operating Officer"),
}


def make_company(out: Path) -> None:
    """The office as ever, and a board."""
    from django.contrib.auth.hashers import make_password

    from acr_program.people.models import User
    from tests.factories import make_user

    company.make_company(out)
    made = [
        make_user(*roles, name=name, email=address_of(who), title=title)
        for who, (name, roles, title) in EXECUTIVES.items()
    ]
    User.objects.filter(pk__in=[one.pk for one in made]).update(password=make_password(PASSWORD))


if __name__ == "__main__":
    main(make_company)
