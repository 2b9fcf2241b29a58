"""Mails that stand in the outbox, in any state."""

from django.contrib.contenttypes.models import ContentType

from acr_program.outbox.models import Message


def mail_to(person, subject="Please look", **fields):
    given = {
        "key": f"key-{Message.objects.count()}", "kind": "step", "person": person, "address": person.email, "subject": subject,
        "text": "Plain words", "html": "<!doctype html><h1>Page words</h1>", "object_id": str(person.pk),
        "content_type": ContentType.objects.get_for_model(person),
    } | fields  # fmt: skip
    return Message.objects.create(**given)
