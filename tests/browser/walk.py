"""Pictures of every kind of page for people to look at: `python -m tests.browser.walk OUT --base http://127.0.0.1:8000`.

The demo company must be open there (`make run`). Each role's pages are found by following links; what looks the
same to all is taken once, unless `--all` is said.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from acr_program.config.needs import find_browser

from .crawl import kind_of, pages_of

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PASSWORD = "customer-review"
PEOPLE = {
    "rep": "marisol.tejada",
    "admin": "priya.raghunathan",
    "contributor": "dmitri.vasquez",
    "leader": "helena.brandt",
    "manager": "owen.castellane",
    "executive": "sunniva.lund",
    "auditor": "ruth.feldmann",
}
# These look different to each role; any other page is taken once.
OWN = {"/", "/reviews/", "/reviews/N/", "/accounts/N/", "/reviews/sections/", "/reviews/sections/N/", "/reviews/approvals/",
       "/reviews/approvals/N/", "/reviews/documents/N/", "/people/N/"}  # fmt: skip
OUTSIDE = ["/sign-in/login/", "/sign-in/password/reset/", "/nothing-here/"]


def sign_in(browser: Browser, base: str, name: str) -> dict[str, object]:
    context = browser.new_context(base_url=base)
    page = context.new_page()
    page.goto("/sign-in/login/")
    page.get_by_label("E-mail address").fill(f"{name}@alderfisk.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{base}/")
    state = context.storage_state()
    context.close()
    return dict(state)


def walk(out: Path, base: str, widths: list[int], themes: list[str], roles: list[str], everything: bool) -> int:
    """So many pictures: OUT/role/page-width-theme.png, whole pages."""
    taken, shown = 0, set[str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for role in ["outside", *roles]:
            state = sign_in(browser, base, PEOPLE[role]) if role in PEOPLE else None
            paths = OUTSIDE
            if state:
                context = browser.new_context(storage_state=state)  # type: ignore[arg-type]
                paths = list(pages_of(context, base).values())
                context.close()
            fresh = [path for path in paths if everything or kind_of(path) not in shown - OWN]
            shown.update(kind_of(path) for path in fresh)
            for width in widths:
                for theme in themes:
                    context = browser.new_context(
                        base_url=base, storage_state=state, viewport={"width": width, "height": 900},  # type: ignore[arg-type]
                        color_scheme=theme, reduced_motion="reduce",
                    )  # fmt: skip
                    page = context.new_page()
                    for path in fresh:
                        page.goto(path)
                        name = re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-") or "today"
                        page.screenshot(path=out / role / f"{name}-{width}-{theme}.png", full_page=True)
                        taken += 1
                    context.close()
            print(f"{role}: {len(fresh)} pages", flush=True)
        browser.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.walk", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--width", type=int, nargs="*", default=[1440, 390])
    parser.add_argument("--theme", nargs="*", default=["light", "dark"], choices=["light", "dark"])
    parser.add_argument("--role", nargs="*", default=list(PEOPLE), choices=list(PEOPLE))
    parser.add_argument("--all", action="store_true", help="each role's whole way, also pages that others have shown")
    told = parser.parse_args()
    taken = walk(told.out, told.base, told.width, told.theme, told.role, told.all)
    print(f"{taken} pictures in {told.out}")


if __name__ == "__main__":
    main()
