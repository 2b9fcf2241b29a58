from acr_program.people.access import public, route, signed_in
from acr_program.ui import views

urlpatterns = [
    route(
        "theme/",
        views.theme,
        name="theme",
        access=public("Light or dark is chosen before signing in, and touches nothing but a cookie."),
        methods=("POST",),
    ),
    route("styleguide/", views.styleguide, name="styleguide", access=signed_in),
]
