"""What a renderer lays out before its first document, so that no document does it again."""

import re
from typing import get_args, get_type_hints

from acr_program.render.client import WARM
from acr_program.render.schema import Inputs


def test_hyphens_are_loaded_for_every_locale_a_document_may_have():
    page = WARM.read_text(encoding="utf-8")

    assert set(re.findall(r'lang="([\w-]+)"', page)) == set(get_args(get_type_hints(Inputs)["locale"]))
    assert page.count("hyphens: auto") == len(get_args(get_type_hints(Inputs)["locale"]))
