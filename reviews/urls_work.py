"""Paths of contributors, approvers, documents and customers; reviews/urls.py takes them in."""

from accounts.models import Account
from acr_program.desk.beside.urls import beside_routes
from acr_program.people.access import public, reads, role, route, signed_in, steps
from acr_program.people.roles import overseers
from acr_program.workflow.views import take_step

from .models import Approval, Deviation, Document, FollowUp, InformationRequest, PrintOrder, ReviewRequest
from .urls_feedback import urlpatterns as said
from .urls_meetings import urlpatterns as meetings
from .urls_process import urlpatterns as described
from .views import (
    approvals,
    by_link,
    contributions,
    delivery,
    deviations,
    documents,
    evidence,
    follow_ups,
    printer,
    printing,
)

READ, POST = ("GET", "HEAD"), ("POST",)
ASKED = public(
    "Whoever answers by mailed links has no account: the token opens a page, the code in the mail answers, once."
)
BY_LINK = public("Customers have no account: the token in the address is the right, and it opens one sealed document.")
PRINTER = public("The printer has no account: the token on the ticket is the right, and it opens one order.")
EVENTS = public(
    "Programs of printer and carrier have neither account nor session: each event is signed over its moment and body, so "
    "this path alone asks for no form token."
)
section, approval, document, deviation, follow_up = (
    reads(model, via="for_page") for model in (InformationRequest, Approval, Document, Deviation, FollowUp)
)
print_order = reads(PrintOrder, via="for_page")
review = reads(ReviewRequest, via="for_page")
account = reads(Account, via="for_page")

urlpatterns = [
    *meetings,
    route("sections/", contributions.contributions_page, name="contributions", access=signed_in, methods=READ),
    route("sections/all/", contributions.all_sections, name="all-sections", access=role(overseers), methods=READ),
    route("sections/<int:pk>/", contributions.contribution_page, name="contribution", access=section, methods=READ),
    route("sections/<int:pk>/tokens/", contributions.tokens, name="contribution-tokens", access=section, methods=READ),
    route("sections/<int:pk>/hints/", contributions.hints, name="contribution-hints", access=section, methods=READ),
    route(
        "sections/<int:pk>/draft/", contributions.keep_draft, name="contribution-draft", access=section, methods=POST
    ),
    route(
        "sections/<int:pk>/steps/<slug:name>/", take_step, name="contribution-step", access=steps(InformationRequest)
    ),
    *beside_routes("sections/<int:pk>/", "contribution", InformationRequest),
    *beside_routes("documents/<int:pk>/", "document", Document),
    route("deviations/", deviations.deviation_list, name="deviations", access=signed_in, methods=READ),
    route("deviations/<int:pk>/", deviations.deviation_page, name="deviation", access=deviation, methods=READ),
    route("deviations/<int:pk>/steps/<slug:name>/", take_step, name="deviation-step", access=steps(Deviation)),
    route(
        "<int:pk>/deviate/<slug:section>/", deviations.deviate, name="deviate", access=review, methods=(*READ, *POST)
    ),
    route("approvals/", approvals.approvals_page, name="approvals", access=signed_in, methods=READ),
    route("approvals/several/", approvals.approve_many, name="approve-many", access=signed_in, methods=READ),
    route("approvals/<int:pk>/", approvals.approval_page, name="approval", access=approval, methods=READ),
    route("approvals/<int:pk>/shown/", approvals.keep_shown, name="approval-shown", access=approval, methods=POST),
    route("approvals/<int:pk>/steps/<slug:name>/", take_step, name="approval-step", access=steps(Approval)),
    route("documents/<int:pk>/", documents.document_page, name="document", access=document, methods=READ),
    route("documents/<int:pk>/files/<str:name>/", documents.download, name="download", access=document, methods=READ),
    route("documents/<int:pk>/last-year/", documents.last_year, name="last-year", access=document, methods=READ),
    route("documents/<int:pk>/provenance/", documents.provenance, name="provenance", access=document, methods=READ),
    route("documents/<int:pk>/receipt/", documents.receipt, name="receipt", access=document, methods=READ),
    route("documents/<int:pk>/steps/<slug:name>/", take_step, name="document-step", access=steps(Document)),
    route("follow-ups/", follow_ups.follow_up_list, name="follow-ups", access=signed_in, methods=READ),
    route("follow-ups/<int:pk>/", follow_ups.follow_up_page, name="follow-up", access=follow_up, methods=READ),
    route("follow-ups/<int:pk>/steps/<slug:name>/", take_step, name="follow-up-step", access=steps(FollowUp)),
    route(
        "<int:pk>/follow-up/",
        follow_ups.new_follow_up,
        name="new-follow-up",
        access=review,
        methods=(*READ, *POST),
    ),
    route("evidence/<int:pk>/<int:year>/", evidence.evidence, name="evidence", access=account, methods=(*READ, *POST)),
    route("evidence/<int:pk>/log/<slug:kind>/", evidence.trail, name="audit-trail", access=account, methods=POST),
    route("write/<str:token>/", by_link.write, name="write", access=ASKED, methods=READ),
    route("write/<str:token>/draft/", by_link.write_draft, name="write-draft", access=ASKED, methods=POST),
    route("write/<str:token>/<slug:name>/", by_link.write_step, name="write-step", access=ASKED, methods=POST),
    route("decide/<str:token>/", by_link.decide, name="decide", access=ASKED, methods=READ),
    route("decide/<str:token>/file/", by_link.decide_file, name="decide-file", access=ASKED, methods=READ),
    route("decide/<str:token>/<slug:name>/", by_link.decide_step, name="decide-step", access=ASKED, methods=POST),
    route("delivered/<str:token>/", delivery.delivered, name="delivered", access=BY_LINK, methods=READ),
    route("print-orders/", printing.print_order_list, name="print-orders", access=signed_in, methods=READ),
    route("print-orders/<int:pk>/", printing.print_order_page, name="print-order", access=print_order, methods=READ),
    route("print-orders/<int:pk>/steps/<slug:name>/", take_step, name="print-order-step", access=steps(PrintOrder)),
    route("<int:pk>/print/", printing.new_print_order, name="new-print-order", access=review, methods=(*READ, *POST)),
    route("printer/events/", printer.print_events_door, name="print-events", access=EVENTS, methods=POST),
    route("printer/<str:token>/", printer.printer, name="printer", access=PRINTER, methods=READ),
    route("printer/<str:token>/file/", printer.printer_file, name="printer-file", access=PRINTER, methods=READ),
    route("printer/<str:token>/<slug:name>/", printer.printer_step, name="printer-step", access=PRINTER, methods=POST),
    route("delivered/<str:token>/have/", delivery.have_it, name="delivered-have", access=BY_LINK, methods=POST),
    route("delivered/<str:token>/file/", delivery.delivered_file, name="delivered-file", access=BY_LINK, methods=READ),
    *said,
    *described,
]
