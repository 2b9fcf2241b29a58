"""Start-up refuses a path that does not say who comes through."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from .access import declared

LIBRARIES = ("account_", "mfa_", "socialaccount_", "admin:")  # their own rules; listed in docs/routes.md


@register("urls")
def every_path_declares_its_access(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"The path /{where} declares no access. Make it with route(..., access=...).", id="people.E001")
        for where, name, view in declared()
        if not hasattr(view, "access") and not name.startswith(LIBRARIES)
    ]
