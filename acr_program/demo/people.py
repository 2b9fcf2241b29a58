"""Who works at Alder & Fisk, an invented wholesaler."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from acr_program.people.choices import Role
from acr_program.people.models import RoleGrant, User

DOMAIN = "alderfisk.example"
PASSWORD = "customer-review"  # noqa: S105 (of the demo company alone, which production refuses to load)

A, M, L, R, C, X, U = Role.ADMIN, Role.MANAGER, Role.LEADER, Role.REP, Role.CONTRIBUTOR, Role.EXECUTIVE, Role.AUDITOR

# name, job title, roles, reports to
PEOPLE: list[tuple[str, str, tuple[str, ...], str]] = [
    ("Sunniva Lund", "Vice President, Sales", (X, L), ""),
    ("Gerard Achterberg", "Chief Executive", (X,), ""),
    ("Owen Castellane", "Program Manager", (M,), "Sunniva Lund"),
    ("Priya Raghunathan", "Program Administrator", (A,), "Owen Castellane"),
    ("Tomasz Wielgosz", "Program Administrator, part-time", (A,), "Owen Castellane"),
    ("Helena Brandt", "Sales Director, Europe", (L,), "Sunniva Lund"),
    ("Graham Pell", "Sales Director, Americas", (L,), "Sunniva Lund"),
    ("Aiko Tanabe", "Sales Director, Asia and Pacific", (L, R), "Sunniva Lund"),
    ("Lucía Barrenechea", "Sales Director, Latin America", (L,), "Sunniva Lund"),
    ("Marisol Tejada", "Account Manager", (R,), "Graham Pell"),
    ("Dermot Kilbride", "Account Manager", (R,), "Helena Brandt"),
    ("Ilse Vandermeulen", "Account Manager", (R,), "Helena Brandt"),
    ("Jean-Baptiste Rousselière", "Account Manager", (R,), "Helena Brandt"),
    ("Nadia El-Sayed", "Account Manager", (R,), "Helena Brandt"),
    ("Corey Whitlock", "Account Manager", (R,), "Graham Pell"),
    ("Tamsin Okonkwo", "Senior Account Manager", (R,), "Graham Pell"),
    ("Wiremu Parata", "Account Manager", (R,), "Aiko Tanabe"),
    ("Mei-Ling Hsu", "Account Manager", (R,), "Aiko Tanabe"),
    ("Rodrigo Fuenzalida", "Account Manager", (R,), "Lucía Barrenechea"),
    ("Kenji Otsuka", "Head of Sales Analysis", (C,), "Sunniva Lund"),
    ("Anouk Ferrand", "Marketing Manager", (C,), "Gerard Achterberg"),
    ("Bea Sørlie", "Head of Logistics", (C,), "Gerard Achterberg"),
    ("Dmitri Vasquez", "Product Manager", (C,), "Gerard Achterberg"),
    ("Femi Adeyemi-Rasmussen", "Head of Quality and Sustainability", (C,), "Gerard Achterberg"),
    ("Ruth Feldmann", "Internal Auditor", (U,), "Gerard Achterberg"),
]

FUNCTIONS = {
    "Product management": "Dmitri Vasquez",
    "Marketing": "Anouk Ferrand",
    "Logistics": "Bea Sørlie",
    "Sales analysis": "Kenji Otsuka",
    "Quality and sustainability": "Femi Adeyemi-Rasmussen",
}

SIGN_INS = [
    "Marisol Tejada",
    "Priya Raghunathan",
    "Dmitri Vasquez",
    "Helena Brandt",
    "Owen Castellane",
    "Sunniva Lund",
    "Ruth Feldmann",
]


def address_of(name: str) -> str:
    """The e-mail address of somebody at the demo company."""
    from acr_program.people.folding import folded

    plain = folded(name).replace("ø", "o")
    return ".".join(plain.replace("-", " ").split()) + f"@{DOMAIN}"


def make_people() -> dict[str, User]:
    """Everybody, with their roles and leaders; one password for all."""
    password = make_password(PASSWORD)
    people: dict[str, User] = {}
    for name, title, roles, leader in PEOPLE:
        person = User.objects.create(
            email=address_of(name), name=name, title=title, password=password, reports_to=people.get(leader)
        )
        RoleGrant.objects.bulk_create(RoleGrant(person=person, role=role) for role in roles)
        people[name] = person
    return people
