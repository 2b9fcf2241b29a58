"""The request as our views get it: `route` has let nobody in who is not signed in."""

from django.http import HttpRequest

from .models import User


class SignedRequest(HttpRequest):
    """A request of somebody who is signed in; for annotations, Django makes the requests."""

    user: User
