"""Print orders: the list, one of them, and copies that the office orders by hand."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from acr_program.people.requests import SignedRequest
from acr_program.people.roles import administrators
from acr_program.ui.parts import Crumb
from acr_program.workflow.clicks import once
from acr_program.workflow.errors import Refused
from reviews import lists
from reviews.actions.printing import needed_by, order_by_hand, why_no_order
from reviews.forms.printing import OrderForm
from reviews.models import PrintOrder, ReviewRequest
from reviews.pages.print_order_page import PrintOrderPage

from .requests import way_to


def print_order_list(request: SignedRequest) -> HttpResponse:
    return render(request, "reviews/print_orders.html", {"page": lists.print_order_list(request)})


def print_order_page(request: SignedRequest, order: PrintOrder) -> HttpResponse:
    way = [Crumb(_("Print orders"), reverse("reviews:print-orders")), Crumb(str(order.request))]
    context = {"page": PrintOrderPage(order, request.user), "of": order, "way": way}
    return render(request, "reviews/print_order.html", context)


@once
def new_print_order(request: SignedRequest, review: ReviewRequest) -> HttpResponse:
    """Copies of the approved document beyond the order that went out with it; a refusal keeps what was typed."""
    if not administrators(request.user):
        raise PermissionDenied(_("“Order copies” is for %(who)s.") % {"who": administrators.title})
    refusal = why_no_order(review)
    given = {"copies": review.copies, "ship_to": review.ship_to, "needed_by": needed_by(review)}
    again = review.print_orders.exists()
    form = OrderForm(request.POST if request.method == "POST" else None, initial=given, again=again)
    if not refusal and form.is_valid():
        try:
            order = order_by_hand(review, by=request.user, **{"reason": "", **form.cleaned_data})
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("The copies are ordered. The printer gets the ticket and the file at once."))
            return redirect(order)
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {"review": review, "form": form, "refusal": refusal, "way": way_to(review)}
    return render(request, "reviews/print_order_new.html", context, status=status)
