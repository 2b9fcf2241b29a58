"""Figures on a page are rounded as they are in the document that a leader approves there."""

from decimal import Decimal

import pytest

from acr_program.render.words import number as printed
from acr_program.ui.phrases import number as shown


@pytest.mark.parametrize("value", ["1829.94", "22473.50", "21482.5", "0.5", "-1829.94", "1000000.49", "17"])
def test_page_and_document_show_the_same_figure(value):
    assert shown(Decimal(value), 0).replace("-", "\u2212") == printed(Decimal(value), 0)


def test_nothing_on_file_is_said_in_words():
    assert (shown(None), shown(None, 0, "none")) == ("no figure", "none")
