"""Paths of the meeting with the customer; reviews/urls_work.py takes them in."""

from acr_program.people.access import reads, route, steps
from acr_program.workflow.views import take_step

from .models import Meeting, ReviewRequest
from .views import meetings

READ, POST = ("GET", "HEAD"), ("POST",)
BOTH = (*READ, *POST)
one = reads(Meeting, via="for_page")
review = reads(ReviewRequest, via="for_page")

urlpatterns = [
    route("<int:pk>/meeting/", meetings.plan_for_review, name="plan-meeting", access=review, methods=POST),
    route("meetings/<int:pk>/", meetings.meeting_page, name="meeting", access=one, methods=READ),
    route("meetings/<int:pk>/plan/", meetings.plan_meeting, name="meeting-plan", access=one, methods=BOTH),
    route("meetings/<int:pk>/file/", meetings.meeting_file, name="meeting-file", access=one, methods=READ),
    route("meetings/<int:pk>/outcome/", meetings.write_outcome, name="meeting-outcome", access=one, methods=BOTH),
    route("meetings/<int:pk>/notes/", meetings.add_note, name="meeting-note", access=one, methods=POST),
    route("meetings/<int:pk>/notes/<int:line>/", meetings.mark_note, name="meeting-mark", access=one, methods=BOTH),
    route("meetings/<int:pk>/steps/<slug:name>/", take_step, name="meeting-step", access=steps(Meeting)),
]
