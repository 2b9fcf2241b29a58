"""The pages that are about the pages: the theme, and the style guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from acr_program.ui import sample
from acr_program.ui.shell import THEMES

YEAR = 365 * 24 * 3600


def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in this browser, and go back to where one was."""
    back = request.POST.get("next", "")
    answer = redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        answer.set_cookie("theme", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    else:
        answer.delete_cookie("theme", samesite="Lax")
    return answer


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every mood; people look here before they make something new."""
    return render(request, "ui/styleguide.html", sample.everything(request))
