"""Paths of contributors, approvers, documents and customers; reviews/urls.py takes them in."""

from acr_program.desk.beside.urls import beside_routes
from acr_program.people.access import public, reads, role, route, signed_in, steps
from acr_program.people.roles import overseers
from acr_program.workflow.views import take_step

from .models import Approval, Document, InformationRequest
from .views import approvals, by_link, contributions, delivery, documents

READ, POST = ("GET", "HEAD"), ("POST",)
ASKED = public(
    "Whoever answers by mailed links has no account: the token opens a page, the code in the mail answers, once."
)
BY_LINK = public("Customers have no account: the token in the address is the right, and it opens one sealed document.")
section, approval, document = (reads(model, via="for_page") for model in (InformationRequest, Approval, Document))

urlpatterns = [
    route("sections/", contributions.contributions_page, name="contributions", access=signed_in, methods=READ),
    route("sections/all/", contributions.all_sections, name="all-sections", access=role(overseers), methods=READ),
    route("sections/<int:pk>/", contributions.contribution_page, name="contribution", access=section, methods=READ),
    route(
        "sections/<int:pk>/draft/", contributions.keep_draft, name="contribution-draft", access=section, methods=POST
    ),
    route(
        "sections/<int:pk>/steps/<slug:name>/", take_step, name="contribution-step", access=steps(InformationRequest)
    ),
    *beside_routes("sections/<int:pk>/", "contribution", InformationRequest),
    *beside_routes("documents/<int:pk>/", "document", Document),
    route("approvals/", approvals.approvals_page, name="approvals", access=signed_in, methods=READ),
    route("approvals/<int:pk>/", approvals.approval_page, name="approval", access=approval, methods=READ),
    route("approvals/<int:pk>/steps/<slug:name>/", take_step, name="approval-step", access=steps(Approval)),
    route("documents/<int:pk>/", documents.document_page, name="document", access=document, methods=READ),
    route("documents/<int:pk>/files/<str:name>/", documents.download, name="download", access=document, methods=READ),
    route("documents/<int:pk>/receipt/", documents.receipt, name="receipt", access=document, methods=READ),
    route("documents/<int:pk>/steps/<slug:name>/", take_step, name="document-step", access=steps(Document)),
    route("write/<str:token>/", by_link.write, name="write", access=ASKED, methods=READ),
    route("write/<str:token>/<slug:name>/", by_link.write_step, name="write-step", access=ASKED, methods=POST),
    route("decide/<str:token>/", by_link.decide, name="decide", access=ASKED, methods=READ),
    route("decide/<str:token>/file/", by_link.decide_file, name="decide-file", access=ASKED, methods=READ),
    route("decide/<str:token>/<slug:name>/", by_link.decide_step, name="decide-step", access=ASKED, methods=POST),
    route("delivered/<str:token>/", delivery.delivered, name="delivered", access=BY_LINK, methods=READ),
    route("delivered/<str:token>/file/", delivery.delivered_file, name="delivered-file", access=BY_LINK, methods=READ),
]
