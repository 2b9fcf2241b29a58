"""What people do with the real company's data, by the words on the page."""

import re
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage

from playwright.sync_api import Page, expect

from tests.accounts.realdata import folder
from tests.browser.acts import SENTENCE, state_of
from tests.browser.company import PASSWORD
from tests.browser.office import RealOffice
from tests.jobs.office import until

Sit = Callable[..., Page]

NANCY, ANDREW = "nancy.davolio@northwind.example", "andrew.fuller@northwind.example"
ROLAND = "roland.mendel@ernsthandel.example"
OUTSIDER = "outsider@office.example"
WISH = "Say in “Products and range” when the new crates come."


def take_in(admin: Page, kind: str, name: str) -> None:
    """Upload, look at the columns as they were guessed, look at the rows, take them in."""
    admin.goto("/intake/new/")
    admin.get_by_role("radio", name=re.compile(f"^{kind}")).check()
    admin.get_by_label("File").set_input_files(folder() / name)
    admin.get_by_role("button", name="Upload").click()
    admin.get_by_role("button", name="Check the rows").click(timeout=60_000)
    expect(state_of(admin)).to_have_text("Ready to be taken in", timeout=60_000)
    expect(admin.locator("#main")).to_contain_text("Nothing is written yet.")
    admin.get_by_role("button", name="Take it in").click()
    expect(state_of(admin)).to_have_text("Taken in", timeout=60_000)


def let_in(admin: Page, name: str, roles: tuple[str, ...]) -> None:
    """Roles for somebody who came with the file."""
    admin.goto(f"/people/?q={name.replace(' ', '+')}")
    admin.locator("#main").get_by_role("link", name=name).first.click()
    admin.get_by_role("link", name="Change").click()
    for role in roles:
        admin.get_by_role("checkbox", name=re.compile(f"^{role}")).check()
    admin.get_by_role("button", name="Keep").click()
    expect(admin.locator("#main")).to_contain_text(f"Done: {name} is changed.")


def give_passwords(office: RealOffice, addresses: list[str]) -> None:
    """From the shell: the way in by mail knows no day before 2001."""
    office.manage(
        "shell",
        "--no-imports",
        "-c",
        f"""
from django.contrib.auth.hashers import make_password
from acr_program.people.models import User
User.objects.filter(email__in={addresses!r}).update(password=make_password({PASSWORD!r}))
""",
    )


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    return body.get_content() if body else ""


def letters_to(office: RealOffice, address: str, subject: str) -> list[EmailMessage]:
    """What was mailed to somebody under a subject with these words, oldest first."""
    return [mail for mail in office.mails_to(address) if subject in str(mail["Subject"])]


def letter_to(office: RealOffice, address: str, subject: str) -> EmailMessage:
    """The only one, as soon as it is there."""
    until(lambda: bool(letters_to(office, address, subject)), 180, office.told)
    (letter,) = letters_to(office, address, subject)
    return letter


def link_in(office: RealOffice, mail: EmailMessage, path: str) -> str:
    """The private address in a mail."""
    found = re.search(rf"{office.url}/reviews/{path}/\S+", text_of(mail))
    assert found, text_of(mail)
    return found[0]


def give_address(page: Page, customer: str, contact: str, email: str) -> None:
    """The files name people at customers without their addresses; whoever manages the account knows them."""
    page.goto(f"/accounts/?search={customer.replace(' ', '+')}")
    page.get_by_role("rowheader").get_by_role("link", name=customer).click()
    page.locator("#contacts").get_by_role("link", name=contact).click()
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Keep").click()


def ask_for_printed_review(page: Page, customer: str, meeting_on: date, recipient: str = "") -> str:
    """A representative asks for a review with printed copies; gives its address."""
    hand_in_printed_review(page, customer, meeting_on, recipient)
    expect(state_of(page)).to_have_text("Submitted")
    return page.url


def hand_in_printed_review(page: Page, customer: str, meeting_on: date, recipient: str = "") -> None:
    """What is typed for it, up to the click, whatever comes of that."""
    page.goto("/reviews/new/")
    page.get_by_label("Account", exact=True).select_option(label=customer)
    page.get_by_label("Date", exact=True).fill(meeting_on.isoformat())
    page.get_by_label("Printed copies", exact=False).first.check()
    expect(page.locator("#schedule")).to_contain_text("There is time for every stage.")
    page.get_by_label("What should the meeting achieve?").fill("Agree the range for the coming year.")
    if recipient:
        page.locator("#delivery-part select[name=recipient]").select_option(label=recipient)
    page.get_by_label("Copies", exact=True).fill("4")
    page.get_by_label("Deliver the copies to").fill("Kirchgasse 6, 8010 Graz")
    page.get_by_role("button", name="Submit the request").click()


def write_all(page: Page, customer: str, words: str = SENTENCE, by_when: str = "1998-09-30") -> int:
    """The contributor with an account writes until nothing waits about this customer; gives how many sections that were."""
    written = 0
    while True:
        page.goto("/reviews/sections/")
        waiting = page.locator("#main .queue a, #main .next a", has_text=customer)
        if not waiting.count():
            return written
        waiting.first.click()
        page.get_by_label(re.compile("^(Text for the customer|Outlook)")).fill(words)
        if page.locator("#lines").count():
            undertake(page, by_when)
        page.get_by_role("button", name="Submit the section").click()
        expect(state_of(page)).to_have_text("Submitted")
        written += 1


def undertake(page: Page, by_when: str) -> None:
    """One line of what we commit to: what, who, by when."""
    line = page.get_by_role("group", name="Line 1", exact=True)
    line.get_by_label("What", exact=True).fill("Deliver within five days of each order.")
    line.get_by_label("Who (needed").fill("Janet Leverling")
    line.get_by_label("By when").fill(by_when)


def write_by_link(office: RealOffice, page: Page, address: str, customer: str, count: int) -> None:
    """The contributor without an account: each mail's link, a text, the code that stands in that mail."""
    for mail in asking_mails(office, address, customer, count):
        link = re.search(rf"{office.url}/reviews/write/\S+", mail)
        code = re.search(r"\b(\d{6})\b", mail)
        assert link, mail
        assert code, mail
        page.goto(link[0])
        page.get_by_label("Text for the customer").fill(SENTENCE)
        page.get_by_label("Code from the mail").fill(code[1])
        page.get_by_role("button", name="Submit the section").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Lou Logan submitted a section")


def asking_mails(office: RealOffice, address: str, customer: str, count: int) -> list[str]:
    """The texts of the mails that ask somebody for a section about this customer, as many as are expected."""
    found: list[str] = []

    def there() -> bool:
        texts = [text_of(mail) for mail in office.mails_to(address)]
        found[:] = [text for text in texts if customer in text and "/reviews/write/" in text]
        return len(found) >= count

    until(there, 180, office.told)
    assert len(found) == count, found
    return found


def read_all(admin: Page, address: str, count: int) -> None:
    """The administrator reads and accepts whatever was handed in."""
    for _ in range(count):
        admin.goto(address)
        admin.locator("table tr", has_text="Submitted").first.get_by_role("link").first.click()
        admin.get_by_role("button", name="Accept the section").click()
        expect(admin.locator("#main")).to_contain_text(re.compile("The section is accepted|All sections are read"))


def rework(admin: Page, section: str, comment: str) -> None:
    """One section goes back to who wrote it, with the leader's wish."""
    admin.get_by_role("link", name="Rework").first.click()
    admin.get_by_role("checkbox", name=re.compile(section)).check()
    admin.locator("textarea[name=comment]").fill(comment)
    admin.get_by_role("button", name="Rework").click()
    expect(state_of(admin)).to_have_text("Compiling")


def say_that_texts_hold(manager: Page) -> None:
    """Whatever went stale while nobody said that it holds: the manager looks at each text, and says so."""
    manager.goto("/reviews/library/?fresh=stale")
    while (stale := manager.locator("#main .table__link")).count():
        stale.first.click()
        manager.get_by_role("button", name="It still holds").click()
        expect(manager.locator("#main")).to_contain_text("Fresh until")
        manager.goto("/reviews/library/?fresh=stale")


def accepted(admin: Page, address: str) -> None:
    admin.goto(address)
    admin.get_by_role("button", name="Accept").click()
    expect(state_of(admin)).to_have_text("Gathering")


def gathered(office: RealOffice, sit: Sit, admin: Page, address: str, customer: str) -> None:
    """Four sections by page, two by link; all of them read."""
    assert write_all(sit("contributor"), customer) == 4
    write_by_link(office, sit(), OUTSIDER, customer, 2)
    read_all(admin, address, 6)


def expect_state(page: Page, address: str, state: str) -> None:
    page.goto(address)
    expect(state_of(page)).to_have_text(state, timeout=180_000)


def tell_leaders(manager: Page) -> None:
    """What the year asks is sent to the leaders; each is waived by name, with the reason, and the way leads back to the year."""
    year = manager.url
    manager.goto("/program/alignment/")
    manager.get_by_role("link", name="Write to leaders or the force").click()
    manager.get_by_label("Title").fill("What the year asks of you")
    manager.get_by_label("What it says").fill("Two reviews for each representative.")
    for topic in ("Goals", "Objectives", "Expectations", "Requirements"):
        manager.get_by_label(topic).check()
    manager.get_by_role("button", name="Keep").click()
    manager.get_by_role("button", name="Send it").click()
    told = manager.url
    expect_of_both(manager, year.rstrip("/").rpartition("/")[2])
    manager.goto(told)
    for row in manager.get_by_role("table").get_by_role("link").all():
        manager.goto(str(row.get_attribute("href")))
        manager.get_by_role("link", name="Waive it…").click()
        manager.get_by_label("Why").fill("They were told in person.")
        manager.get_by_role("button", name="Waive it").click()
        manager.goto(told)
    manager.goto(year)


def expect_of_both(manager: Page, year: str) -> None:
    """What is expected of leaders and of the force in this year is published."""
    for audience in ("Sales leaders", "Sales representatives"):
        manager.goto(f"/program/accountability/?year={year}")
        manager.get_by_role("link", name="Write down what is expected").click()
        manager.get_by_label(audience, exact=True).check()
        manager.get_by_label("Title").fill("What we expect of you")
        manager.get_by_label("What it says").fill("Two reviews for each representative.")
        manager.get_by_role("button", name="Keep").click()
        manager.get_by_role("button", name="Send it").click()


def begin_year(manager: Page, year: int) -> None:
    """The program manager adds a year, announces it and starts it."""
    manager.goto("/program/years/new/")
    manager.get_by_label("Year", exact=True).fill(str(year))
    manager.get_by_label("Begins on").fill(f"{year}-01-01")
    manager.get_by_label("Ends on").fill(f"{year}-12-31")
    manager.get_by_role("button", name="Keep").click()
    manager.get_by_role("button", name="Announce").click()
    tell_leaders(manager)
    manager.get_by_role("button", name="Start the year").click()
    expect(state_of(manager)).to_have_text("Running")
