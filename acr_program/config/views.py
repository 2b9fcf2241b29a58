from django.http import HttpRequest, HttpResponse, JsonResponse

from .health import NEEDED, signs


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; asks nothing of anybody, so it stays up when all else is down."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def ready(request: HttpRequest) -> JsonResponse:
    """Which parts are well, by name only; 503 when the web server could not serve a page."""
    found = signs()
    can_serve = all(sign.well for sign in found if sign.name in NEEDED)
    parts = {sign.name: "well" if sign.well else "fault" for sign in found}
    return JsonResponse({"ready": can_serve, "parts": parts}, status=200 if can_serve else 503)
