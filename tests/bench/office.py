"""A world of so many rows with its web server, and beside it the bare Django over the same rows."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from tests.prove.world import World, Worlds, free_port


class BenchWorlds(Worlds):
    """Worlds with the settings of an office."""

    settings = "tests.bench.settings"


@dataclass
class Office:
    """One world of so many rows: its people's clients, a review and an account with a story."""

    world: World
    rows: int
    company: Any
    review: Any
    seconds: float
    bare_port: int = 0
    web: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def client(self, who: str) -> Any:
        return self.company.as_(who)

    def bare(self) -> Any:
        """The same person at the bare Django."""
        from tests.prove.clients import Client

        person = self.company.people["admin"]
        self.company.client(person)
        return Client(self.bare_port, self.company.sessions[person.pk])

    def open(self) -> None:
        """Two workers each, as an office runs them."""
        self.world.port, self.bare_port = free_port(), free_port()
        self.serve(self.world.port, "acr_program.wsgi:application", DJANGO_SETTINGS_MODULE="tests.bench.settings")
        self.serve(
            self.bare_port, "tests.bench.bare_wsgi:application", DJANGO_SETTINGS_MODULE="tests.bench.bare_settings"
        )

    def serve(self, port: int, application: str, **more: str) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", "python:acr_program.config.gunicorn", application]
        web = self.world.start(command, PORT=str(port), WEB_CONCURRENCY="2", ACR_URL=f"http://127.0.0.1:{port}", **more)
        self.web.append(web)
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                return
            except OSError:
                if web.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"The web server does not answer: {self.world.told()}") from None
                time.sleep(0.1)


def found(worlds: Worlds, rows: int) -> Office:
    """A company, one review led to its approval through every step, and so many rows of everything."""
    from acr_program.charter.models import ProgramYear
    from reviews.models import TemplateVersion
    from tests.factories import make_account, make_request, make_year
    from tests.prove import company as companies

    from .fill import fill

    assert rows >= 1000, "The people who have accounts are a thousand."
    world = worlds.new()
    company = companies.found(world)
    leader = company.people["leader"]
    rep = company.people["rep"]
    assert rep.reports_to_id == leader.pk
    review = make_request("in_approval", account=make_account(manager=rep))
    for label in ("2021", "2022", "2023", "2024"):
        make_year("drafting", label=label)
    begun = time.monotonic()
    template = TemplateVersion.objects.get(pk=review.template_id)
    fill(rows, company.people, template, list(ProgramYear.objects.all()))
    office = Office(world, rows, company, review, time.monotonic() - begun)
    try:
        office.open()
    except BaseException:
        world.close()
        raise
    return office
