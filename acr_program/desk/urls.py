"""Today, and what else belongs to no one app."""

from dataclasses import replace

from acr_program.outbox.models import Message
from acr_program.people.access import Access, public, reads, role, route, signed_in
from acr_program.people.models import User
from acr_program.people.roles import overseers, program_office

from .models import SavedView
from .urls_beside import urlpatterns as beside
from .views import absences, calendar, holding, mails, me, messages, people, search, today, views

GET = ("GET", "HEAD")
POST = ("POST",)
CALENDAR = public(
    "Calendar programs cannot sign in: the token in the address is the right, of one person, who renews or withdraws it."
)
AS_ITS_LIST = Access("signed_in", "whoever comes through to the list's own page")


def office(of: Access) -> Access:
    """The same, for the program office alone."""
    return replace(of, says=str(program_office.title), predicate=program_office)


app_name = "desk"
urlpatterns = [
    route("", today.today_page, name="today", access=signed_in, methods=GET),
    route("search/", search.search_page, name="search", access=signed_in, methods=GET),
    route("search/suggest/", search.suggest, name="suggest", access=signed_in, methods=GET),
    route("shortcuts/", search.shortcuts, name="shortcuts", access=signed_in, methods=GET),
    route("late/", today.late_page, name="late", access=role(overseers), methods=GET),
    route("exceptions/", today.exceptions_page, name="exceptions", access=role(overseers), methods=GET),
    route("messages/", messages.my_messages, name="messages", access=signed_in, methods=GET),
    *(
        route(
            f"messages/<uuid:pk>/{act}/", getattr(holding, act), name=f"mail-{act}", access=office(reads(Message)),
        )
        for act in ("hold", "release", "drop")
    ),
    route("views/<slug:name>/keep/", views.keep_view, name="keep-view", access=AS_ITS_LIST),
    route("views/<int:pk>/", views.view_page, name="view", access=reads(SavedView)),
    route("views/<int:pk>/drop/", views.drop_view, name="drop-view", access=reads(SavedView), methods=POST),
    route("me/", me.my_settings, name="me", access=signed_in),
    route("me/calendar/", calendar.renew_address, name="renew-calendar", access=signed_in, methods=POST),
    route("me/calendar/withdraw/", calendar.withdraw_address, name="withdraw-calendar", access=signed_in, methods=POST),
    route("calendar/<str:token>.ics", calendar.calendar_feed, name="calendar-feed", access=CALENDAR, methods=GET),
    route("me/mails/", mails.my_mails, name="my-mails", access=signed_in),
    route("me/mails/read/", mails.lines_read, name="digest-read", access=signed_in, methods=POST),
    route("me/page/", people.mine, name="mine", access=signed_in, methods=GET),
    route("people/", people.people_page, name="people", access=signed_in, methods=GET),
    route("people/invite/", people.invite, name="invite", access=role(program_office)),
    route("people/<int:pk>/", people.person_page, name="person", access=reads(User), methods=GET),
    route("people/<int:pk>/edit/", people.edit_person, name="edit-person", access=office(reads(User))),
    route("people/<int:pk>/invite/", people.invite_again, name="invite-again", access=office(reads(User)), methods=POST),
    route("people/<int:pk>/absences/", absences.absences_page, name="absences", access=reads(User)),
    route(
        "people/<int:pk>/absences/<int:absence>/end/", absences.end_absence, name="end-absence", access=reads(User),
        methods=POST,
    ),
    *beside,
]  # fmt: skip
