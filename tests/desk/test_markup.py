"""Names are shown as they were typed, and never become part of a page (P28)."""

import pytest

from acr_program.desk.people import change
from tests.factories import make_absence, make_account, make_function, make_program, make_request, make_user, make_year

from .mails import mail_to

EVIL = """<script>alert("x")</script>'"><i>"""


@pytest.mark.demand("P28")
def test_a_name_of_markup_is_shown_and_does_nothing(people, as_person):
    rep = make_user("rep", "contributor", name=EVIL[:120], title=EVIL, reports_to=people["leader"])
    make_program("piloting", company=EVIL[:120], manager=people["manager"])
    year = make_year(label="2031")
    account = make_account(name=EVIL, city=EVIL, business_unit=EVIL, sector=EVIL, manager=rep)
    request = make_request(account=account)
    function = make_function(EVIL[:80], contributor=rep)
    make_absence(rep, people["leader"])
    mail = mail_to(people["manager"], subject=EVIL, text=EVIL, error=EVIL, state="failed")
    change(rep, by=people["manager"], seen=1, title=EVIL + "2")
    client = as_person(people["manager"])

    pages = [
        "/", "/search/?q=alert", f"/search/?q={EVIL}", "/people/", f"/people/{rep.pk}/", f"/people/{rep.pk}/edit/",
        f"/people/{rep.pk}/absences/", "/program/1/", "/program/1/edit/", f"/program/years/{year.pk}/", "/program/functions/",
        f"/program/functions/{function.pk}/", "/accounts/", f"/accounts/?search={EVIL}", f"/accounts/{account.pk}/",
        "/mail/", f"/mail/{mail.pk}/", "/health/", f"/reviews/{request.pk}/",
    ]  # fmt: skip
    shown = {url: client.get(url) for url in pages}

    assert {url: page.status_code for url, page in shown.items() if page.status_code != 200} == {}
    raw = {url: page.content.decode() for url, page in shown.items()}
    assert [url for url, page in raw.items() if "<script>alert" in page or "'\"><i>" in page] == []
    assert "&lt;script&gt;alert" in raw[f"/people/{rep.pk}/"]
    assert "&amp;lt;" not in "".join(raw.values())
