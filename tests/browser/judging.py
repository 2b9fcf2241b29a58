"""What makes a page shut somebody out: axe at WCAG 2.2 AA, light and wide, dark and narrow, overflow, and errors in the console."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WHOLE = {"preload": False, "resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
# axe reads the colours of each element anew, from the same few words: two fifths of what its rule of contrast takes.
READ_ONCE = """(() => {
  const known = new Map(), { Color } = axe.commons.color, read = Color.prototype.parseString;
  Color.prototype.parseString = function (words) {
    if (!known.has(words)) known.set(words, new Color(read.call(this, words)));
    const { r, g, b, alpha } = known.get(words);
    return Object.assign(this, { r, g, b, alpha });
  };
})()"""
PLAIN = Axe().axe_script
SCRIPT = f"{PLAIN}\n{READ_ONCE}"
# A colour on its way from light to dark is neither.
AT_ONCE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, *::before, *::after { transition: none !important }");
  document.adoptedStyleSheets = [sheet];
}"""
# What stands around the main part of a page; its links, tokens and numbers apart.
AROUND = """() => {
  const around = document.body.cloneNode(true), main = around.querySelector(":scope.shell #main");
  if (!main) return "";
  main.remove();
  return around.outerHTML.replace(/ (value|href|action|hx-headers)="[^"]*"|\\d+/g, "");
}"""
# Elements that stick out of the window and are not inside something that scrolls on purpose.
STICKS_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return "";
  const out = [...document.querySelectorAll("body *")].filter(e => {
    const box = e.getBoundingClientRect();
    if (box.right <= wide + 1 || box.width === 0) return false;
    for (let p = e.parentElement; p; p = p.parentElement)
      if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(p).overflowX)) return false;
    return true;
  });
  return (out.at(-1) ?? document.documentElement).outerHTML.slice(0, 160);
}"""


class Judge:
    """Looks at one window's pages; `found` holds what is wrong, by address."""

    def __init__(self, page: Page) -> None:
        self.page, self.said, self.found = page, list[str](), dict[str, list[str]]()
        self.around = set[tuple[str, str]]()
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.said.append(f"script: {error}"))

    def hear(self, message: ConsoleMessage) -> None:
        """The browser notes each answer of 400 and above as an error; those are asked for by some tests."""
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.said.append(message.text)

    def visit(self, path: str, *, status: int = 200, glance: bool = False) -> None:
        """Open an address, expect its status, and look at it; at a glance, where another of its kind was seen whole."""
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.emulate_media(color_scheme="light")
        answer = self.page.goto(path)
        if answer is not None and answer.status != status:
            self.note(path, [f"answered {answer.status}, not {status}"])
            return
        self.look(path, glance=glance)

    def look(self, path: str, *, glance: bool = False) -> None:
        """Every rule twice: light at full width, dark and narrow; and nothing sticks out, and the page has a name.

        At a glance: light at full width, and nothing sticks out.
        """
        self.page.evaluate(AT_ONCE)
        self.page.evaluate(SCRIPT)
        wrong = self.axe("light", WHOLE) + (["has no title"] if self.page.title()[:1] in ("", "·") else [])
        for width in (390, 320):
            self.page.set_viewport_size({"width": width, "height": 844})
            wrong += self.out_at(width)
            if width == 390 and not glance:
                self.page.emulate_media(color_scheme="dark")
                wrong += self.axe("dark, 390", WHOLE)
                self.page.emulate_media(color_scheme="light")
        self.note(path, wrong + [f"console: {said}" for said in self.said])
        self.said.clear()

    def axe(self, where: str, options: dict[str, Any]) -> list[str]:
        """What stands around the main part of a page is judged with the first page that has it so."""
        around = self.page.evaluate(AROUND)
        part = "'#main'" if (where, around) in self.around else "document"
        if around:
            self.around.add((where, around))
        found = self.page.evaluate(f"axe.run({part}, {json.dumps(options)}).then(r => r.violations)")
        return [f"{where}: {rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"][:3]]

    def out_at(self, width: int) -> list[str]:
        out = self.page.evaluate(STICKS_OUT)
        return [f"{width}: sticks out: {out}"] if out else []

    def told(self) -> str:
        """Everything that is wrong, a line each."""
        return "\n".join(f"{path}: {what}" for path, wrong in self.found.items() for what in wrong)

    def note(self, path: str, wrong: list[str]) -> None:
        if wrong:
            self.found.setdefault(path, []).extend(dict.fromkeys(wrong))
