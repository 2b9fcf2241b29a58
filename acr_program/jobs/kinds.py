from collections.abc import Iterable

from django.apps import apps

from .models import Job


def kinds(labels: Iterable[str] | None = None) -> list[type[Job]]:
    """Every model whose rows ask for work, or the named ones."""
    wanted = None if labels is None else {label.lower() for label in labels}
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Job) and (wanted is None or model._meta.label_lower in wanted)
    ]
