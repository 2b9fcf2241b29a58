"""Paths of what is said after a meeting; reviews/urls_work.py takes them in."""

from acr_program.people.access import public, reads, route, signed_in, steps
from acr_program.workflow.views import take_step

from .models import CustomerFeedback, RepFeedback, Suggestion
from .views import by_customer, feedback

READ = ("GET", "HEAD")
ASKED = public("Customers have no account: the token in the address opens five questions, which are answered once.")
customer, rep, suggestion = (reads(model, via="for_page") for model in (CustomerFeedback, RepFeedback, Suggestion))

urlpatterns = [
    route("say/<str:token>/", by_customer.say, name="say", access=ASKED),
    route("feedback/", feedback.results, name="feedback", access=signed_in, methods=READ),
    route("feedback/customer/<int:pk>/", feedback.customer, name="customer-feedback", access=customer, methods=READ),
    route(
        "feedback/customer/<int:pk>/steps/<slug:name>/", take_step, name="customer-feedback-step",
        access=steps(CustomerFeedback),
    ),
    route("feedback/rep/<int:pk>/", feedback.rep, name="rep-feedback", access=rep, methods=READ),
    route("feedback/rep/<int:pk>/steps/<slug:name>/", take_step, name="rep-feedback-step", access=steps(RepFeedback)),
    route("suggestions/", feedback.suggestion_list, name="suggestions", access=signed_in, methods=READ),
    route("suggestions/<int:pk>/", feedback.suggestion, name="suggestion", access=suggestion, methods=READ),
    route("suggestions/<int:pk>/steps/<slug:name>/", take_step, name="suggestion-step", access=steps(Suggestion)),
]  # fmt: skip
