"""Lists as files."""

from acr_program.people.access import Access, reads, role, route
from acr_program.people.roles import overseers

from . import views
from .models import Export

GET, POST = ("GET", "HEAD"), ("POST",)
AS_ITS_PAGE = Access("signed_in", "whoever comes through to the list's own page")

app_name = "exports"
urlpatterns = [
    route("", views.log, name="log", access=role(overseers), methods=GET),
    route("<slug:name>/", views.start, name="start", access=AS_ITS_PAGE, methods=POST),
    route("<uuid:pk>/file/", views.download, name="file", access=reads(Export), methods=GET),
]
