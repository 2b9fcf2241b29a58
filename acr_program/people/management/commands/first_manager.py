"""Makes the very first program manager, from the shell."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from acr_program.people.choices import Role
from acr_program.people.models import RoleGrant, User


class Command(BaseCommand):
    help = "Make EMAIL the first program manager, who can then let everybody else in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="full name; the part before @ where it is left out")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.holding(Role.MANAGER).exists():
            raise CommandError("There is a program manager already, who lets others in on the People page.")
        email = options["email"].strip().lower()
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, options["name"])
        RoleGrant.objects.get_or_create(person=user, role=Role.MANAGER)
        self.stdout.write(
            f"{user.name} is the program manager. Ask for a password on the sign-in page: “Forgot your password?”."
        )
