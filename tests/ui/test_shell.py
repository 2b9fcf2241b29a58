"""The shell: what each page begins with, whom it names, how it looks in the dark; that it costs next to nothing."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory, override_settings

from acr_program.ui import nav, shell

User = get_user_model()
pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Any:
    return User.objects.create(email="priya@example.com", name="Priya Raghunathan")


@pytest.fixture
def links(monkeypatch: Any) -> None:
    """A navigation of our own, whatever the apps said."""
    monkeypatch.setattr(nav, "entries", [])
    monkeypatch.setattr(nav, "counters", [])
    monkeypatch.setattr(shell, "providers", {})
    nav.entry("Guide", "styleguide", icon="book", count="guide", order=2)
    nav.entry("Secret", "theme", icon="lock", visible=lambda user: False)
    nav.entry("Gone", "no-such-route")
    nav.entry("Sign out", "account_logout", group="me")


def drawn(person: Any, path: str = "/styleguide/") -> shell.Shell:
    request = RequestFactory().get(path)
    request.user = person
    return shell.Shell(request)


def test_what_is_not_for_me_or_not_there_is_not_shown(person: Any, links: None) -> None:
    page = drawn(person)

    assert [(link.label, link.url, link.current) for group in page.groups for link in group.links] == [
        ("Guide", "/styleguide/", "page")
    ]
    assert [link.label for link in page.me] == ["Sign out"]


def test_the_shell_asks_one_question_at_most(person: Any, links: None, django_assert_num_queries: Any) -> None:
    nav.count_with(lambda user: {"guide": nav.Count(User.objects.count(), "bad")})
    page = drawn(person)

    with django_assert_num_queries(1):
        groups, _me, _bar = page.groups, page.me, page.bar

    assert groups[0].links[0].count == nav.Count(User.objects.count(), "bad")


def test_saying_an_entry_twice_says_it_once(links: None) -> None:
    nav.entry("Guide again", "styleguide", order=2)

    assert [entry.label for entry in nav.entries if entry.url_name == "styleguide"] == ["Guide again"]


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="no navigation group"):
        nav.entry("X", "styleguide", group="somewhere")


@override_settings(ACR_COMPANY="Alder & Fisk", ACR_CONTACT_NAME="Owen Castellane", ACR_CONTACT_EMAIL="owen@example.com")
def test_a_page_names_the_house_and_who_answers(person: Any, as_person: Any, links: None) -> None:
    html = as_person(person).get("/styleguide/").content.decode()

    assert "<title>Style guide · Customer Reviews · Alder &amp; Fisk</title>" in html
    assert "Questions? Owen Castellane, program manager, answers." in html
    assert 'href="mailto:owen@example.com"' in html


def test_a_provider_says_it_better_than_the_settings(links: None) -> None:
    shell.provide(company=lambda: "Northwind", contact=lambda: shell.Contact("Bea", "bea@example.com"))

    assert (shell.company(), shell.contact()) == ("Northwind", shell.Contact("Bea", "bea@example.com"))


@pytest.mark.parametrize(
    ("chosen", "shown"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("", "")]
)
def test_the_theme_is_chosen_once_and_stays(chosen: str, shown: str, person: Any, as_person: Any) -> None:
    client = as_person(person)

    answer = client.post("/theme/", {"theme": chosen, "next": "/styleguide/"})
    html = client.get("/styleguide/").content.decode()

    assert (answer.status_code, answer["Location"]) == (302, "/styleguide/")
    assert re.search(r"<html[^>]*>", html)[0] == f'<html lang="en"{shown}>'


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_theme_does_not_lead_elsewhere(elsewhere: str) -> None:
    answer = Client().post("/theme/", {"theme": "dark", "next": elsewhere})

    assert answer["Location"] == "/"


def test_the_style_guide_shows_every_component(person: Any, as_person: Any) -> None:
    answer = as_person(person).get("/styleguide/")

    assert answer.status_code == 200
    assert "<c-" not in answer.content.decode()


def test_nothing_drawn_is_inline(person: Any, as_person: Any) -> None:
    html = as_person(person).get("/styleguide/").content.decode()

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=", html) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag] == []
    assert len(set(re.findall(r'\bid="([^"]+)"', html))) == len(re.findall(r'\bid="([^"]+)"', html))
