"""Design rule 18: the same headers on every kind of answer, errors and files included."""

import pytest
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.test import Client, override_settings
from django.urls import path

pytestmark = pytest.mark.django_db  # error pages greet whoever is signed in

EVERYWHERE = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-Request-ID",
}


def page(request):
    return HttpResponse("<p>page</p>")


def gone(request):
    raise Http404


def broken(request):
    raise RuntimeError("marked")


def streamed(request):
    return StreamingHttpResponse(iter(["a", "b"]))


def download(request):
    own = {"Content-Security-Policy": "sandbox", "Cache-Control": "private", "Referrer-Policy": "no-referrer"}
    return HttpResponse("bytes", headers=own)


urlpatterns = [
    path("page", page),
    path("gone", gone),
    path("broken", broken),
    path("streamed", streamed),
    path("download", download),
    path("slashed/", page),
]
handler500 = "acr_program.config.outage.server_error"

CASES = [
    ("/page", 200),
    ("/slashed", 301),
    ("/gone", 404),
    ("/nowhere", 404),
    ("/broken", 500),
    ("/streamed", 200),
    ("/download", 200),
    ("/static/some.css", 200),
    ("/static/none.css", 404),
]


@pytest.fixture
def browser(tmp_path):
    (tmp_path / "some.css").write_text("p {}")
    with override_settings(ROOT_URLCONF=__name__, STATIC_ROOT=tmp_path):
        yield Client(raise_request_exception=False)


@pytest.mark.demand("P42")
@pytest.mark.parametrize(("where", "status"), CASES)
def test_every_answer_carries_them(browser, where, status):
    response = browser.get(where)

    assert response.status_code == status
    assert EVERYWHERE - set(response.headers) == set()
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("where", ["/page", "/gone", "/broken", "/static/none.css"])
def test_the_policy_names_no_frames_no_objects_no_inline(browser, where):
    policy = browser.get(where)["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "object-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_refused_form_carries_them(tmp_path):
    with override_settings(ROOT_URLCONF=__name__):
        response = Client(enforce_csrf_checks=True).post("/page")

    assert response.status_code == 403
    assert EVERYWHERE - set(response.headers) == set()


def test_a_wrong_host_carries_them(browser):
    response = browser.get("/page", headers={"host": "elsewhere.test"})

    assert response.status_code == 400
    assert EVERYWHERE - set(response.headers) == set()


def test_pages_are_not_kept(browser):
    assert browser.get("/page")["Cache-Control"] == "no-store"


def test_static_files_are_kept(browser):
    assert "max-age" in browser.get("/static/some.css")["Cache-Control"]


def test_what_a_view_says_of_itself_stays(browser):
    response = browser.get("/download")

    kept = {name: response[name] for name in ("Content-Security-Policy", "Cache-Control", "Referrer-Policy")}
    assert kept == {
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "private",
        "Referrer-Policy": "no-referrer",
    }


@override_settings(SECURE_HSTS_SECONDS=31536000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True, SECURE_SSL_REDIRECT=True)
def test_https_is_kept_to_for_a_year(browser):
    secure = browser.get("/page", secure=True)
    plain = browser.get("/page")

    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert (plain.status_code, plain["Location"]) == (301, "https://testserver/page")
    assert EVERYWHERE - set(plain.headers) == set()


def test_an_error_is_a_sentence_without_its_cause(browser):
    response = browser.get("/broken")

    assert b"Something broke on our side" in response.content
    assert b"marked" not in response.content
