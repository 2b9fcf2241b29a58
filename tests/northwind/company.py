"""The office that the real company's data come into: `python -m tests.northwind.company` makes it, without any account."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from tests.browser.company import PASSWORD, address_of, main

PEOPLE = {
    "manager": ("Mia Marlow", ["manager"], "Program Manager"),
    "admin": ("Ada Admin", ["admin"], "Program Administrator"),
    "owner": ("Otto Owner", ["leader", "executive"], "President"),
    "contributor": ("Cora Contributor", ["contributor"], "Head of Products"),
    "outsider": ("Lou Logan", ["contributor"], "Head of Logistics, a contractor"),
}


def make_company(out: Path, program: str = "rolled_out") -> None:
    """The program office, contributors and the standard template; the sales force comes with the files."""
    from django.contrib.auth.hashers import make_password

    from acr_program.charter.models import Function
    from acr_program.people.models import User
    from reviews.actions.standard import STANDARD, load_template
    from tests.factories import make_program, make_user, make_year, take

    password = make_password(PASSWORD)
    people = {
        who: make_user(*roles, name=name, email=address_of(who), title=title)
        for who, (name, roles, title) in PEOPLE.items()
    }
    User.objects.filter(is_system=False).update(password=password)
    people["outsider"].by_link = True
    people["outsider"].save(update_fields=["by_link"])
    make_program(
        program,
        company="Northwind Traders",
        home_country="United States",
        manager=people["manager"],
        owner=people["owner"],
    )
    make_year(label="1998", begins_on=date(1998, 1, 1), ends_on=date(1998, 12, 31))
    template = load_template(STANDARD / "executive.json", by=people["manager"])
    Function.objects.update(contributor=people["contributor"])
    Function.objects.filter(name="Logistics").update(contributor=people["outsider"])
    take(template, "publish", people["manager"])
    out.write_text(json.dumps({}))


if __name__ == "__main__":
    main(make_company)
