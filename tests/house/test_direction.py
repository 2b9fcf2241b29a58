"""Knowledge runs downwards, also where a relation is named by a string (ARCHITECTURE.md, import direction)."""

from django.apps import apps

ORDER = [
    "contenttypes", "auth", "sessions", "ui", "people", "jobs", "files", "outbox", "links", "workflow", "desk", "exports",
    "bulk", "intake", "render", "charter", "accounts", "reviews", "pilots", "keyaccounts",
]  # fmt: skip
SIBLINGS = {("pilots", "keyaccounts"), ("keyaccounts", "pilots")}


def relations():
    """Every relation of a model of ours: from which app, to which."""
    for model in apps.get_models():
        if model.__module__.startswith(("acr_program.", "accounts.", "reviews.", "pilots.", "keyaccounts.")):
            for field in model._meta.get_fields():
                if field.is_relation and not field.auto_created and field.related_model:
                    yield (
                        f"{model._meta.label}.{field.name}",
                        model._meta.app_label,
                        field.related_model._meta.app_label,
                    )


def test_relations_look_down():
    known = [row for row in relations() if row[1] in ORDER]
    upwards = [name for name, own, other in known if ORDER.index(other) > ORDER.index(own) or (own, other) in SIBLINGS]

    assert upwards == []
    assert len(known) > 30


def test_every_app_of_ours_has_its_place():
    assert {own for _name, own, _other in relations()} - set(ORDER) - {"config", "demo"} == set()
