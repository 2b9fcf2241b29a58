"""A version of the template on a real account: chosen, rendered by a worker, and looked at beside the published one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Account
from acr_program.files.serve import serve
from acr_program.people.folding import folded
from acr_program.people.requests import SignedRequest
from acr_program.workflow.clicks import once
from reviews.actions import template_editing as act
from reviews.actions.trials import try_on
from reviews.models import TemplateVersion, Trial

from .template_edit import LONGEST_SEARCH, way_to

SHOWN = 10


def manager_only(request: SignedRequest) -> None:
    if not act.may_edit(request.user):
        raise PermissionDenied(_("The standard template is edited by the program manager."))


def trials(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """Accounts to choose among, and what was rendered of this version and of the published one."""
    manager_only(request)
    sought = request.GET.get("q", "")[:LONGEST_SEARCH]
    accounts = Account.objects.live().visible_to(request.user).order_by("name", "pk")
    if words := folded(sought.strip()):
        accounts = accounts.filter(search__contains=words)
    found = list(accounts[: SHOWN + 1])
    made = list(Trial.objects.for_page().filter(template=template)[:SHOWN])
    context = {
        "template": template, "accounts": found[:SHOWN], "more": len(found) > SHOWN, "sought": sought,
        "trials": paired(made), "way": way_to(template),
    }  # fmt: skip
    if request.headers.get("HX-Request"):
        return render(request, "reviews/template_trial_accounts.html", context)
    return render(request, "reviews/template_trials.html", context)


@once
def ask(request: SignedRequest, template: TemplateVersion) -> HttpResponse:
    """Have it rendered on this account as it stands now, and the published version beside it."""
    manager_only(request)
    given = request.POST.get("account", "")
    rows = Account.objects.live().visible_to(request.user)
    account = rows.filter(pk=given).first() if given.isdecimal() and len(given) < 18 else None
    if account is None:
        messages.warning(request, _("Choose one of the active accounts."))
        return redirect("reviews:template-trials", template.pk)
    try_on(template, account, by=request.user)
    published = TemplateVersion.objects.published(template.audience)
    if published and published.pk != template.pk:
        try_on(published, account, by=request.user)
    messages.success(request, _("It is being rendered on %(account)s.") % {"account": account})
    return redirect("reviews:template-trials", template.pk)


def progress(request: SignedRequest, trial: Trial) -> HttpResponse:
    """One row of the list of trials, for the page that waits for it."""
    return render(request, "reviews/template_trial.html", {"trial": paired([trial])[0]})


def paired(trials: list[Trial]) -> list[Trial]:
    """Each with the published version's file for the same account, where there is one."""
    beside = Trial.objects.beside(trials)
    for trial in trials:
        trial.published_one = beside.get(trial.account_id)  # type: ignore[attr-defined]
    return trials


def file(request: SignedRequest, trial: Trial) -> HttpResponse:
    if trial.file is None:
        raise Http404(_("This file is not there: it is still being rendered, it failed, or its days are over."))
    return serve(trial.file, f"{trial.template} {trial.account}.pdf")
