"""How allauth behaves here: nobody signs up, an administrator enters people."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail for people already entered."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
