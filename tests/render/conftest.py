"""Documents rendered once for all tests that only look at them, and a renderer with small limits."""

import pytest

from acr_program.render import client
from acr_program.render.client import Limits, Pool
from acr_program.render.document import compose

from . import example, icc


@pytest.fixture(scope="session")
def printers_profile(tmp_path_factory):
    """The colour profile that an office has from its printer."""
    path = tmp_path_factory.mktemp("printer") / "printer.icc"
    path.write_bytes(icc.profile())
    return str(path)


@pytest.fixture(scope="package")
def full_pages():
    return client.render(compose(example.full()))


@pytest.fixture(scope="package")
def short_pages():
    return client.render(compose(example.short()))


@pytest.fixture(scope="package")
def tight():
    """A renderer whose documents have a second and 600 MB: what takes the real limits 20 s shows at once."""
    pool = Pool(size=1, limits=Limits(cpu=1, memory=600 << 20, file=4 << 20, wall=20))
    yield pool
    pool.stop()


@pytest.fixture
def page():
    """A page of HTML around some mark-up."""

    def wrap(body, head=""):
        return {
            "screen": f"<!doctype html><html lang=en><head><title>A page</title>{head}</head><body>{body}</body></html>"
        }

    return wrap
