"""Texts that cost much: those that blow an engine up, and those that blow the layout of pages up."""

from __future__ import annotations


def template_bombs() -> dict[str, str]:
    """Sixty that keep a template engine busy, by a name for each: loops, doublings, ranges, nestings, chains."""
    found: dict[str, str] = {}
    for power in range(5, 10):
        found[f"loop of 10^{power}"] = f"{{% for i in (1..{10**power}) %}}x{{% endfor %}}"
    for depth in range(2, 8):
        inner = "x"
        for level in range(depth):
            inner = f"{{% for i{level} in (1..{10 ** (12 // depth)}) %}}{inner}{{% endfor %}}"
        found[f"{depth} loops in one another"] = inner
    for times in (20, 24, 28, 32, 60):
        found[f"doubled {times} times"] = (
            "{% assign a = 'xxxxxxxx' %}" + "{% assign a = a | append: a %}" * times + "{{ a }}"
        )
        found[f"captured twice {times} times"] = (
            "{% assign a = 'x' %}" + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * times
        )
    for power in (6, 7, 8, 9):
        found[f"range of 10^{power} joined"] = f"{{{{ (1..{10**power}) | join: 'xxxxxxxx' }}}}"
        found[f"table of 10^{power}"] = f"{{% tablerow i in (1..{10**power}) %}}x{{% endtablerow %}}"
        found[f"range of 10^{power} sorted"] = f"{{% assign a = (1..{10**power}) | sort | reverse %}}{{{{ a | size }}}}"
    for many in (100, 1_000, 1_500):
        found[f"{many} ifs in one another"] = "{% if true %}" * many + "x" + "{% endif %}" * many
        found[f"{many} brackets in one another"] = "{{ " + "a[" * many + "b" + "]" * many + " }}"
        found[f"a chain of {many} filters"] = "{{ customer.name" + " | upcase" * many + " }}"
        found[f"a path of {many * 4} parts"] = "{{ customer" + ".name" * (many * 4) + " }}"
    for many in (2_500, 5_000, 10_000, 100_000):
        found[f"{many} openings"] = "{{" * many
        found[f"{many} tags"] = "{% " * many
    found["a token as often as fits"] = "{{customer.name}}" * 1_170
    found["five megabytes"] = "x" * 5_000_000
    found["an endless case"] = "{% case x %}" * 1_000
    found["a million replaced"] = "{% assign a = 'aaaaaaaaaaaaaaaa' %}" + "{% assign a = a | replace: 'a', a %}" * 5
    found["a long word of braces"] = "{" * 20_000
    found["a thousand assigned"] = "{% assign a = customer.name %}" * 1_000
    found["spaces before a name"] = "{{" + " " * 19_000 + "customer.name}}"
    return found


def typed_bombs() -> dict[str, str]:
    """What a contributor can type into a section, at its longest, that costs most to lay out."""
    most = 59_000
    return {
        "a heading on every line": "# a\n" * (most // 4),
        "a paragraph for each letter": "a\n\n" * (most // 3),
        "an item for each letter": "- a\n" * (most // 4),
        "a line for each letter": "a\n" * (most // 2),
        "lists of one": "- a\n\n" * (most // 5),
        "one word": "a" * most,
        "one word of wide letters": "W" * most,
        "marks on one letter": "a" + "\u0301" * (most - 1),
        "marks on each letter": "a\u0301\u0327\u0323" * (most // 4),
        "right to left": "\u05d0\u05d1 ab " * (most // 6),
        "embeddings": "\u202a\u202b" * (most // 2),
        "isolates in one another": "\u2066" * (most // 2) + "a" + "\u2069" * (most // 2 - 1),
        "joined faces": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * (most // 8),
        "soft hyphens": "a\u00ad" * (most // 2),
        "zero-width breaks": "a\u200b" * (most // 2),
        "ideographs": "\u6f22\u5b57" * (most // 2),
        "arabic": "\u0645\u0631\u062d\u0628\u0627 " * (most // 6),
        "ligatures": "ffi" * (most // 3),
        "devanagari": "\u0915\u094d\u0937\u093f" * (most // 4),
        "quotes": '"' * most,
        "ampersands": "&" * most,
        "tags": "<div>" * (most // 5),
        "flex boxes": '<div style="display:flex">' * (most // 26),
        "one-letter words": "a " * (most // 2),
    }


def page_bombs() -> dict[str, str]:
    """Sixty pages that never come to an end, or take all the memory there is, or nest deeper than anybody lays out."""
    found: dict[str, str] = {}
    for depth in (14, 16, 18, 20, 24, 30):
        found[f"{depth} flex boxes in one another"] = '<div style="display:flex">' * depth
        found[f"{depth} flex columns in one another"] = '<div style="display:flex;flex-direction:column">' * depth
        found[f"{depth} grids in one another"] = '<div style="display:grid">' * depth
        found[f"{depth} inline blocks in one another"] = '<div style="display:inline-block">' * depth + "x"
    for levels in (7, 8, 9, 10, 12, 20):
        found[f"{levels} levels of use"] = uses(levels)
    for rows in (10_000, 20_000, 40_000, 100_000):
        found[f"a table of {rows} rows"] = "<table>" + "<tr><td>a<td>b<td>c" * rows + "</table>"
        found[f"{rows // 4} page breaks"] = '<p style="break-before:page">x' * (rows // 4)
    for many in (300, 600, 1_200, 5_000, 50_000):
        found[f"{many} boxes in one another"] = "<div>" * many
        found[f"{many} lists in one another"] = "<ul><li>" * many + "x"
    for size in ("1e6px", "1e9px"):
        found[f"letters of {size}"] = f'<p style="font-size:{size}">x y z'
        found[f"a page of {size} filled"] = f"<p style='width:{size};height:{size};columns:9'>" + "word " * 50_000
    for side in ("1px", "3px"):
        found[f"a page of {side}"] = f"<style>@page{{size:{side};margin:0}}</style><p>" + "word " * 20_000
    found["a million words"] = "<p>" + "word " * 1_000_000
    found["a cell over a billion columns"] = "<table><tr><td colspan=1000000000>x</table>"
    found["a cell over a billion rows"] = "<table><tr><td rowspan=1000000000>x<tr><td>y</table>"
    found["columns without end"] = "<div style='columns:1000'>" + "<p>x" * 50_000
    found["a counter of every word"] = (
        "<style>b{counter-increment:a}b::after{content:counters(a,'.')}</style>" + "<b>x" * 3_000
    )
    found["four hundred thousand elements"] = "<p>" + "<b>x</b>" * 400_000
    return found


def uses(levels: int) -> str:
    """Groups of a picture, each of which shows the one before it ten times."""
    groups = "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, levels))
    return f'<svg><defs><g id="g0"><rect width="1" height="1"/></g>{groups}</defs><use href="#g{levels - 1}"/></svg>'
