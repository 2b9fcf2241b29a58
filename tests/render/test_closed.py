"""P27: rendering opens nothing. A trap listens on the loopback and a marker lies on the disk; neither is touched."""

import base64
import socket
import threading

import pytest

from acr_program.render.errors import RenderError

pytestmark = [pytest.mark.process, pytest.mark.demand("P27")]
MARKER = "the-marker-on-the-disk"


@pytest.fixture(scope="module")
def trap():
    """A server that counts who knocks, and would answer with a redirect to a file."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    knocks, closing = [], threading.Event()

    def listen():
        while not closing.is_set():
            try:
                caller, _ = listener.accept()
            except TimeoutError:
                continue
            knocks.append(caller.recv(200))
            caller.sendall(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")
            caller.close()

    thread = threading.Thread(target=listen)
    thread.start()
    yield listener.getsockname()[1], knocks
    closing.set()
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def addresses(trap, tmp_path_factory):
    marker = tmp_path_factory.mktemp("disk") / "marker.txt"
    marker.write_text(MARKER)
    port = trap[0]
    data = base64.b64encode(
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{marker}"/></svg>'.encode()
    ).decode()
    return [
        f"file://{marker}",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        f"http://127.0.0.1:{port}/",
        f"http://localhost:{port}/redirect",
        f"http://[::ffff:127.0.0.1]:{port}/",
        "https://169.254.169.254/latest/meta-data/",
        f"ftp://127.0.0.1:{port}/x",
        f"data:image/svg+xml;base64,{data}",
        "data:text/css,p{color:red}",
        "asset:not/given",
        "asset:",
        "gopher://127.0.0.1/",
    ]


VECTORS = {
    "img": '<img src="{}" alt="x">',
    "srcset": '<img srcset="{} 2x" src="{}" alt="x">',
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}">',
    "background": '<p style="background: url({})">x</p>',
    "list-style": '<ul style="list-style-image: url({})"><li>x</ul>',
    "border-image": '<p style="border: 1em solid; border-image: url({}) 1">x</p>',
    "content": '<style>p::before {{ content: url({}) }}</style><p>x</p>',
    "import": "<style>@import url({});</style><p>x",
    "import-layer": '<style>@import "{}" layer(a);</style><p>x',
    "font-face": '<style>@font-face {{ font-family: a; src: url({}) }} p {{ font-family: a }}</style><p>x',
    "link": '<link rel="stylesheet" href="{}"><p>x',
    "attachment-link": '<link rel="attachment" href="{}"><p>x',
    "attachment": '<a rel="attachment" href="{}">x</a>',
    "svg-image": '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    "svg-use": '<svg width="9" height="9"><use href="{}#a"/></svg>',
    "svg-style": '<svg width="9" height="9"><style>@import url({});</style><rect width="9" height="9"/></svg>',
    "base": '<base href="{}"><img src="x.png" alt="x">',
    "page": "<style>@page {{ background: url({}) }}</style><p>x",
    "color-profile": '<style>@color-profile --a {{ src: url({}) }}</style><p>x',
}  # fmt: skip


def outcome(pool, html):
    """The files of a document, or why there are none."""
    try:
        return pool.render(html, {}), None
    except RenderError as error:
        return None, error


@pytest.mark.parametrize("vector", VECTORS)
def test_no_way_leads_out(tight, page, trap, addresses, vector):
    for address in addresses:
        mark_up = VECTORS[vector].replace("{}", address).replace("{{", "{").replace("}}", "}")

        rendered, error = outcome(tight, page(mark_up))

        if error:
            assert (error.kind, error.permanent) == ("address", True), error.sentence
        else:  # an address WeasyPrint does not even ask for
            assert MARKER.encode() not in rendered.files["screen"]
            assert b"/EmbeddedFile" not in rendered.files["screen"]
    assert trap[1] == []


def test_the_refusal_names_the_address(tight, page):
    with pytest.raises(RenderError) as caught:
        tight.render(page('<img src="http://example.org/logo.png" alt="">'), {})

    assert caught.value.sentence == (
        "The document asks for http://example.org/logo.png, which it may not open: "
        "take that address out, or put the picture on file."
    )


def test_an_asset_that_was_given_is_used(tight, page):
    dot = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#f00"/></svg>'

    rendered = tight.render(page('<img src="asset:logo" alt="a red square">'), {"logo": dot})

    assert rendered.pages == {"screen": 1}
    assert rendered.warnings == []


def test_an_asset_leads_no_further(tight, page, trap):
    image = f'<image href="http://127.0.0.1:{trap[0]}/" width="9" height="9"/>'
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{image}</svg>'.encode()

    try:
        tight.render(page('<img src="asset:logo" alt="x">'), {"logo": picture})
    except RenderError as error:
        refused = error.kind
    else:
        refused = "not even asked for"

    assert refused in {"address", "not even asked for"}
    assert trap[1] == []


def test_another_documents_asset_is_not_there(tight, page):
    tight.render(page('<img src="asset:logo" alt="x">'), {"logo": b'<svg xmlns="http://www.w3.org/2000/svg"/>'})

    with pytest.raises(RenderError):
        tight.render(page('<img src="asset:logo" alt="x">'), {})
