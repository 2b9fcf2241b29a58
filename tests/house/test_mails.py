"""Each kind of mail is declared once, with what its reader may choose (feature 91, lesson 4 of what users complain about)."""

from pathlib import Path

import pytest
from django.conf import settings

from acr_program.outbox import kinds
from tests.keyed import keyed

MAILS = sorted(path.stem for path in Path(settings.BASE_DIR, "templates/mail").glob("*.txt") if path.stem != "base")


def undeclared(names):
    return [name for name in names if name not in kinds._kinds]


@pytest.mark.demand("features, 91")
def test_each_mail_is_declared_and_each_declared_is_there():
    assert undeclared(MAILS) == []
    assert sorted(kinds._kinds) == MAILS


def test_a_kind_without_a_declaration_is_found():
    assert undeclared([*MAILS, "never-declared"]) == ["never-declared"]


def test_what_people_choose_or_cannot_choose_says_what_it_is():
    told = [kind for kind in kinds.declared() if kind.choosable or kind.asks]

    assert [kind.name for kind in told if not str(kind.says).endswith(".")] == []
    assert [kind.name for kind in told if kind.asks and kind.choosable] == []
    assert sorted(kind.name for kind in told if kind.asks) == [
        "approval", "contribution", "deviation", "revision", "touch_point", *keyed().asks,
    ]  # fmt: skip
