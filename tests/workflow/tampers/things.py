"""Objects changed past their log, and seals changed, taken away, put in."""

from collections.abc import Callable
from datetime import timedelta

from accounts.models import Account
from acr_program.workflow.log import ROOT_HASH, LogSeal

from .kinds import KINDS, kind, named, write


@kind
def state_written_past_the_log(log):
    Account.objects.filter(pk=log.accounts[0].pk).update(status="closed")
    return named(log.fresh).lower()


@kind
def version_written_past_the_log(log):
    Account.objects.filter(pk=log.accounts[0].pk).update(version=7)
    return named(log.fresh).lower()


@kind
def object_deleted(log):
    log.accounts[0].contacts.all().delete()
    log.accounts[0].delete()
    return f"(row {log.fresh.pk})"


@kind
def object_put_in_without_a_log(log):
    Account.objects.bulk_create([Account(name="Ghost", theater="EMEA", country="Nowhere", version=1)])
    made = Account.objects.get(name="Ghost")
    return f"account {made.pk}: it has no log at all"


@kind
def seal_deleted(log):
    log.seals[0].delete()
    return f"Seal {log.seals[1].pk}"


@kind
def seal_put_in(log):
    last = log.seals[1]
    made = LogSeal(at=last.at, first_entry=log.fresh.pk, last_entry=log.fresh.pk, count=1, previous=ROOT_HASH)
    made.marks = {str(log.fresh.pk): log.fresh.hash[:12]}
    made.hash = made.computed_hash([log.fresh.hash])
    made.save()
    return f"Seal {made.pk}"


SEAL_COLUMNS = {
    "at": lambda seal: seal.at - timedelta(days=1),
    "first_entry": lambda seal: seal.first_entry + 1,
    "last_entry": lambda seal: seal.last_entry - 1,
    "count": lambda seal: seal.count - 1,
    "marks": lambda seal: dict(list(seal.marks.items())[1:]),
    "previous": lambda seal: "b" * 64,
    "hash": lambda seal: "a" * 64,
}


def of_seal(name: str, value: Callable) -> None:
    def edited(log) -> str:
        sealed = log.seals[0]
        write(sealed, **{name: value(sealed)})
        return {
            "last_entry": f"(seal {sealed.pk}), and is gone",
            "marks": f"put in after seal {sealed.pk}",
        }.get(name, f"Seal {sealed.pk}")

    KINDS[f"seal's {name}: edited"] = edited


for column in SEAL_COLUMNS.items():
    of_seal(*column)
