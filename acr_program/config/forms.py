"""The forms at the door: allauth's own, in our words and without placeholders that repeat the label."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm
from django.utils.translation import gettext_lazy as _


class InOurWords:
    """Mixed into a form of allauth: labels say it, nothing stands in the fields before one types."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in ("login", "email"):
                field.label = _("E-mail address")


class SignInForm(InOurWords, LoginForm):
    """E-mail address and password."""


class ForgottenForm(InOurWords, ResetPasswordForm):
    """The address that a new password is asked for."""


class OnceMoreForm(InOurWords, ReauthenticateForm):
    """The password again, before the ways of signing in are changed."""
