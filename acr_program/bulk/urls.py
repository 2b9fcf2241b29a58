"""Acts on many rows: chosen in a list, looked at, confirmed, called off, taken back."""

from acr_program.people.access import Access, reads, route

from . import views
from .models import Bulk

GET, POST = ("GET", "HEAD"), ("POST",)
AS_ITS_PAGE = Access("signed_in", "whoever comes through to the list's own page; each row's step names who may take it")

app_name = "bulk"
urlpatterns = [
    route("of/<slug:name>/", views.choose, name="choose", access=AS_ITS_PAGE, methods=POST),
    route("<uuid:pk>/", views.bulk_page, name="bulk", access=reads(Bulk), methods=GET),
    route("<uuid:pk>/confirm/", views.confirm, name="confirm", access=reads(Bulk), methods=POST),
    route("<uuid:pk>/undo/", views.undo, name="undo", access=reads(Bulk), methods=POST),
    route("<uuid:pk>/cancel/", views.cancel, name="cancel", access=reads(Bulk), methods=POST),
]
