"""Nobody is shut out of any page: no violation of WCAG 2.2 AA, nothing sticks out, nothing is refused by the browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawl import kind_of, pages_of
from tests.browser.judging import PLAIN, READ_ONCE, Judge
from tests.browser.office import RealOffice
from tests.browser.places import examples, routes
from tests.jobs.office import until
from tests.keyed import keyed

pytestmark = [pytest.mark.browser, pytest.mark.process, pytest.mark.alike]

Sit = Callable[..., Page]
OTHERS = ["rep", "admin", "contributor", "leader", "manager", "executive", "auditor"]
OUTSIDE = ["/sign-in/login/", "/sign-in/password/reset/", "/sign-in/password/reset/done/", "/sign-in/signup/"]


@pytest.mark.demand("screens: no violation from axe at WCAG 2.2 AA on any page")
def test_every_declared_page_shuts_nobody_out(office: RealOffice, sit: Sit) -> None:
    judge, leader, writer = Judge(sit("everything")), Judge(sit("leader")), Judge(sit("contributor"))
    others = {who: Judge(sit(who)) for who in set(keyed().lookers.values())}
    known = examples(office)
    assert set(known) == set(routes())
    for name, paths in known.items():
        for place, path in enumerate(paths):
            by = leader if name == "reviews:approval-step" else judge  # nobody approves a request of their own
            by = leader if path.endswith("/steps/rate/") else by  # nor rates how they plan themselves
            by = writer if name == "reviews:contribution-step" and path.endswith("/recall/") else by
            by = next((others[who] for end, who in keyed().lookers.items() if end == name or path.endswith(end)), by)
            by.visit(path, glance=place > 0)
    assert "".join(one.told() for one in (judge, leader, writer, *others.values())) == ""


@pytest.mark.demand("screens: no violation from axe at WCAG 2.2 AA on any page")
def test_pages_that_only_links_lead_to_shut_nobody_out(office: RealOffice, sit: Sit) -> None:
    page = sit("everything")
    seen = {kind_of(path) for paths in examples(office).values() for path in paths}
    judge = Judge(page)
    for kind, path in pages_of(page.context, office.url).items():
        if kind not in seen and "/steps/" not in kind:
            judge.visit(path)
    assert judge.told() == ""


@pytest.mark.parametrize("who", OTHERS)
def test_the_pages_of_each_role_shut_nobody_out(who: str, office: RealOffice, sit: Sit) -> None:
    page = sit(who)
    page.goto("/")
    links = page.get_by_role("navigation", name="Main").get_by_role("link").evaluate_all("all => all.map(a => a.href)")
    judge = Judge(page)
    for link in dict.fromkeys(link.removeprefix(office.url) for link in links if link.startswith(office.url)):
        judge.visit(link, glance=link != "/")
    assert judge.told() == ""


def test_pages_outside_shut_nobody_out(office: RealOffice, sit: Sit) -> None:
    judge = Judge(sit())
    for path in OUTSIDE:
        judge.visit(path)
    judge.visit("/nothing-here/", status=404)
    for purpose in ("delivered", "write", "decide", "say", "printer"):
        judge.visit(f"/reviews/{purpose}/" + "x" * 43 + "/", status=404)
    for link in office.company["links"]:
        judge.visit(link)
    until(lambda: bool(office.mails_to("kim@customer.example")), 180, office.told)
    body = office.mails_to("kim@customer.example")[0].get_body(("plain",))
    delivered = re.search(r"/reviews/delivered/\S+", body.get_content() if body else "")
    assert delivered
    judge.visit(delivered[0])
    assert judge.told() == ""


def test_refusals_shut_nobody_out(office: RealOffice, sit: Sit) -> None:
    """403 to the wrong person, 404, 409 on a stale page, 400 with words beside the fields, 403 without the form's token."""
    rep = Judge(sit("rep"))
    rep.visit("/people/invite/", status=403)
    rep.visit("/reviews/999999/", status=404)
    admin = Judge(sit("admin"))
    page, of = admin.page, office.company["reviews"]
    page.goto(f"/reviews/{of['submitted']}/")
    page.eval_on_selector_all("input[name=seen]", "all => all.forEach(field => { field.value = '0' })")
    page.get_by_role("button", name="Accept").click()
    page.get_by_role("alert").wait_for()
    admin.look("409")
    page.goto(f"/reviews/{of['submitted']}/steps/send_back/")
    page.get_by_role("button", name="Send back").click()
    page.locator(".field__error").first.wait_for()
    admin.look("400")
    page.goto(f"/reviews/{of['submitted']}/steps/send_back/")
    page.eval_on_selector_all("input[name=csrfmiddlewaretoken]", "all => all.forEach(field => field.remove())")
    page.get_by_role("button", name="Send back").click()
    page.get_by_text("403", exact=True).wait_for()
    admin.look("403 without the token")
    assert rep.told() + admin.told() == ""


def test_the_judge_sees_what_is_wrong(office: RealOffice, sit: Sit) -> None:
    """The control: a page made bad on purpose is found to be."""
    judge = Judge(sit())
    judge.page.goto("/sign-in/login/")
    judge.page.evaluate(
        """() => {
          const bad = document.createElement("main");
          bad.innerHTML = "<img src=/static/icons/mark.svg><p>wide</p>";
          bad.lastChild.style = "width: 1200px; color: #999";
          bad.lastChild.setAttribute("onclick", "alert(1)");
          document.body.append(bad);
        }"""
    )
    judge.look("bad")
    for fault in ("image-alt", "color-contrast", "390: sticks out", "console:"):
        assert fault in judge.told()


def test_colours_that_are_read_once_are_judged_alike(office: RealOffice, sit: Sit) -> None:
    """Every element's colours, contrast and verdict, by axe as it comes and with what the judge adds to it."""
    page = sit()
    page.goto("/sign-in/login/")
    page.evaluate(
        """() => {
          const said = ["#999", "rgb(0 0 0 / 40%)", "oklch(70% .1 200)", "color-mix(in srgb, red, white)"];
          document.body.replaceChildren(...said.flatMap(ink => said.map(ground => {
            const line = document.createElement("p");
            line.innerHTML = `${ink} on <b>${ground}</b>`;
            line.style = `color: ${ink}; background: ${ground}; opacity: .9`;
            return line;
          })));
        }"""
    )
    whole = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    judged = """whole => axe.run(whole).then(told =>
      ["violations", "incomplete", "passes"].map(kind => told[kind].map(rule => rule.nodes)))"""
    page.evaluate(PLAIN)
    plain = page.evaluate(judged, whole)
    page.evaluate(READ_ONCE)

    assert page.evaluate(judged, whole) == plain
    assert len(plain[0][0]) > 8
