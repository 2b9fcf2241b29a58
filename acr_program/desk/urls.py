"""Today, and what else belongs to no one app."""

from acr_program.people.access import route, signed_in

from .views.today import today_page

app_name = "desk"
urlpatterns = [
    route("", today_page, name="today", access=signed_in, methods=("GET", "HEAD")),
]
