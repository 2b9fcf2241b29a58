"""What somebody may type who wants a template to reach code, secrets or files: 400 texts, as P24 counts them."""

from __future__ import annotations

import random
from collections.abc import Iterator

MANY = 400
NAMES = ("rep", "customer", "company", "year", "request", "user", "settings", "self", "document", "environment")
ATTRIBUTES = (
    "password", "email", "pk", "objects", "_meta", "save", "delete", "refresh_from_db", "set_unusable_password",
    "get_session_auth_hash", "__class__", "__dict__", "__init__.__globals__", "SECRET_KEY",
    "__class__.__mro__[1].__subclasses__()", "reports_to.password",
)  # fmt: skip
TAGS = (
    "include", "render", "load", "extends", "import", "from", "macro", "debug", "lorem", "ssi", "url", "now", "with",
    "autoescape", "set", "call", "assign", "capture", "echo", "liquid", "case", "cycle", "increment", "tablerow", "raw",
    "comment", "block", "filter", "csrf_token", "layout", "#", "doc", "python", "exec", "do", "trans",
)  # fmt: skip
FILTERS = (
    "upcase", "map: 'password'", "where: 'a', 'b'", "sort", "join: rep", "json", "safe", "date: '%s'", "replace: 'a', rep",
    "append: rep.password", "url_decode", "base64_decode", "default: settings.SECRET_KEY", "escape_once", "first", "last",
    "size", "attr: '__class__'", "pprint", "stringformat: '%r'", "add: rep", "getattr: 'password'", "format: rep", "str",
    "strftime: rep", "split: ''", "sum: 'pk'", "uniq", "concat: rep", "slice: 0, 9",
)  # fmt: skip
PLACES = (
    "/etc/passwd",
    "../../settings.py",
    "file:///etc/passwd",
    "mail/step.txt",
    "sections/letter.liquid.html",
    "{{ rep }}",
)
FORMATS = (
    "{0.__class__.__init__.__globals__}",
    "{rep.password}",
    "{rep.password!r}",
    "{settings.SECRET_KEY}",
    "{rep!s:>9999999}",
    "${rep.password}",
    "${7*7}",
    "#{7*7}",
    "*{7*7}",
    "@{7*7}",
    "[[${rep.password}]]",
    "{{= 7*7 }}",
    "{{7*7}}",
    "{{ 7 | times: 7 }}",
    "{{constructor.constructor('x')()}}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{{ joiner }}",
    "{{ get_flashed_messages }}",
    "{{ rep }}",
    "{{ customer }}",
    "{{ rep.name.__class__ }}",
    "{{ rep.name.password }}",
    "{{ rep['password'] }}",
    '{{ rep["pass" ] }}',
    "{{ rep[company.name] }}",
    "{{ rep . password }}",
    "{{\nrep.password\n}}",
    "{{- rep.password -}}",
    "{{ {{ rep.password }} }}",
    "{{ rep.password",
    "rep.password }}",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "{{{ rep.password }}}",
    "{{& rep.password }}",
    "{{> secret }}",
    "{{#each rep}}{{this}}{{/each}}",
    "{{ rep\u200b.password }}",
    "{{\u00a0rep.password }}",
    "{{ REP.password }}",
    "{{ rep.Password }}",
    "{{ rep.name, rep.password }}",
    "{{ rep.name or rep.password }}",
    "{{ rep.password if rep else 1 }}",
    "{{ 'x' | rep.password }}",
)
PLAIN = (  # no template language reads these here: they are printed as they are typed
    "%(password)s",
    "%s%s%s%n",
    "$rep.password",
    "$(cat /etc/passwd)",
    "`cat /etc/passwd`",
    "<%= rep.password %>",
    "<?php echo 1 ?>",
    "#set($x = 1)",
    "@(1+1)",
    "\uff5b\uff5b rep.password \uff5d\uff5d",
    "[% rep.password %]",
    "<#assign x = 1>",
    "~rep.password~",
    "__import__('os')",
    "<script>alert(1)</script>",
    "&#123;&#123; rep.password &#125;&#125;",
)


def injections(rng: random.Random) -> list[str]:
    """Each kind, filled up to the number with attributes of names at random."""
    found = list(dict.fromkeys(every()))
    walks = [f"{{{{ {name}.{attribute} }}}}" for name in NAMES for attribute in ATTRIBUTES]
    rng.shuffle(walks)
    return [*found, *walks][:MANY]


def every() -> Iterator[str]:
    yield from FORMATS
    yield from PLAIN
    for tag in TAGS:
        yield f"{{% {tag} rep.password %}}"
        yield f"{{%- {tag} x = rep.password -%}}{{{{ x }}}}{{% end{tag} %}}"
    for chain in FILTERS:
        yield f"{{{{ customer.name | {chain} }}}}"
        yield f"{{{{ rep | {chain} }}}}"
    for place in PLACES:
        for tag in ("include", "render", "load", "extends"):
            yield f"{{% {tag} '{place}' %}}"
    for attribute in ATTRIBUTES:
        yield f"{{{{ rep['{attribute}'] }}}}"
        yield f"{{% for x in rep.{attribute} %}}{{{{ x }}}}{{% endfor %}}"


def on_a_line(text: str, rng: random.Random) -> tuple[str, int]:
    """The text with innocent lines above and below; and its line."""
    above = rng.randrange(5)
    return "\n".join([*["We shipped what we promised."] * above, text, "Thank you."]), above + 1
