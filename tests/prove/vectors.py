"""Forty ways in which a page asks for something, and twenty-five addresses of things that are none of its business."""

from __future__ import annotations

import base64

VECTORS = {
    "img": '<img src="{}" alt="x">',
    "srcset": '<img srcset="{} 2x" src="{}" alt="x">',
    "picture": '<picture><source srcset="{}"><img src="{}" alt="x"></picture>',
    "input image": '<input type="image" src="{}" alt="x">',
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}">',
    "iframe": '<iframe src="{}"></iframe>',
    "video": '<video src="{}" poster="{}"></video>',
    "audio": '<audio src="{}"></audio>',
    "body background": '<table background="{}"><tr><td>x</table>',
    "background": '<p style="background: url({})">x</p>',
    "background image-set": "<p style=\"background-image: image-set('{}' 1x)\">x</p>",
    "list-style": '<ul style="list-style-image: url({})"><li>x</ul>',
    "border-image": '<p style="border: 1em solid; border-image: url({}) 1">x</p>',
    "mask": '<p style="mask-image: url({}); mask-border: url({}) 1">x</p>',
    "cursor": '<p style="cursor: url({}), auto">x</p>',
    "content": "<style>p::before { content: url({}) }</style><p>x</p>",
    "marker": "<style>li::marker { content: url({}) }</style><ul><li>x</ul>",
    "quotes in content": "<style>p::after { content: 'a' url('{}') }</style><p>x</p>",
    "import": "<style>@import url({});</style><p>x",
    "import, a text": '<style>@import "{}";</style><p>x',
    "import, a layer": '<style>@import "{}" layer(a);</style><p>x',
    "import for print": "<style>@import url({}) print;</style><p>x",
    "font-face": "<style>@font-face { font-family: a; src: url({}) } p { font-family: a }</style><p>x",
    "font-face, second": "<style>@font-face { font-family: a; src: local(b), url({}) } p { font-family: a }</style><p>x",
    "link": '<link rel="stylesheet" href="{}"><p>x',
    "alternate link": '<link rel="alternate stylesheet" href="{}"><p>x',
    "attachment of the page": '<link rel="attachment" href="{}"><p>x',
    "attachment": '<a rel="attachment" href="{}">x</a>',
    "svg image": '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    "svg xlink image": '<svg width="9" height="9"><image xlink:href="{}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{}#a"/></svg>',
    "svg fill": '<svg width="9" height="9"><rect width="9" height="9" fill="url({}#a)"/></svg>',
    "svg filter": '<svg width="9" height="9"><filter id="f"><feImage href="{}"/></filter><rect filter="url(#f)"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import url({});</style><rect width="9" height="9"/></svg>',
    "base": '<base href="{}"><img src="x.png" alt="x"><link rel="stylesheet" href="x.css">',
    "page": "<style>@page { background: url({}) }</style><p>x",
    "margin box": "<style>@page { @top-left { content: url({}) } }</style><p>x",
    "color-profile": "<style>@color-profile --a { src: url({}) }</style><p>x",
    "processing instruction": '<?xml-stylesheet href="{}"?><p>x',
}  # fmt: skip


def addresses(port: int, marker: str) -> list[str]:
    """Files, this machine, the cloud's own address, an office's network, the world, and what hides one of them."""
    nested = (
        f"<svg xmlns='http://www.w3.org/2000/svg'><image href='file://{marker}' width='9' height='9'/></svg>".encode()
    )
    style = f"@import url(http://127.0.0.1:{port}/);".encode()
    return [
        f"file://{marker}",
        f"FILE://{marker}",
        f"file://localhost{marker}",
        f"file:{marker}",
        f"file:///proc/self/root{marker}",
        "file:///etc/passwd",
        "file:///proc/self/environ",
        f"http://127.0.0.1:{port}/",
        f"http://127.0.0.1:{port}/redirect",
        f"http://localhost:{port}/",
        f"http://127.1:{port}/",
        f"http://2130706433:{port}/",
        f"http://[::ffff:127.0.0.1]:{port}/",
        f"http://user:secret@127.0.0.1:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "https://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://93.184.216.34/pixel.png",
        "http://intranet.example/logo.png",
        f"ftp://127.0.0.1:{port}/x",
        f"data:image/svg+xml;base64,{base64.b64encode(nested).decode()}",
        f"data:text/css;base64,{base64.b64encode(style).decode()}",
        "gopher://127.0.0.1/",
        "asset:not/given",
        f"//127.0.0.1:{port}/",
    ]


def page(vector: str, address: str) -> str:
    body = VECTORS[vector].replace("{}", address)
    return f"<!doctype html><html lang=en><head><title>A page</title></head><body>{body}</body></html>"
