"""Rows taken away, put in, swapped, copied."""

from accounts.models import Account
from acr_program.workflow.log import LogDetail, LogEntry

from .kinds import added, kind, named, write


@kind
def first_row_deleted(log):
    log.rows[0].delete()
    return named(log.rows[1])


@kind
def row_in_the_middle_deleted(log):
    log.rows[1].delete()
    return named(log.rows[2])


@kind
def last_row_deleted(log):
    gone = named(log.rows[3])
    LogDetail.objects.filter(entry=log.rows[3]).delete()
    log.rows[3].delete()
    return gone


@kind
def all_rows_of_an_object_deleted(log):
    gone = named(log.rows[2])
    LogDetail.objects.filter(entry__in=log.rows).delete()
    LogEntry.objects.filter(pk__in=[row.pk for row in log.rows]).delete()
    return gone


@kind
def tail_cut_and_the_object_put_back(log):
    gone = named(log.rows[3])
    LogDetail.objects.filter(entry=log.rows[3]).delete()
    log.rows[3].delete()
    Account.objects.filter(pk=log.accounts[0].pk).update(version=3)
    return gone


@kind
def unsealed_tail_cut(log):
    LogDetail.objects.filter(entry=log.fresh).delete()
    log.fresh.delete()
    return f"account {log.fresh.object_id}: it stands at version 5"


@kind
def tail_cut_with_its_seal(log):
    """Only the head kept outside can tell."""
    for row in (log.fresh, log.late):
        Account.objects.filter(pk=row.object_id).update(version=row.version - 1)
        LogDetail.objects.filter(entry=row).delete()
        row.delete()
    head = log.seals[1].hash
    log.seals[1].delete()
    return f"No seal has the head {head[:16]}"


@kind
def row_put_at_the_end(log):
    return named(added(log.fresh, step="close", version=6)).lower()


@kind
def row_put_at_the_end_and_the_object_moved(log):
    """The next seal would cover it; the one that is there does not know its number."""
    row = added(log.fresh, step="close", version=6, pk=log.gap)
    Account.objects.filter(pk=row.object_id).update(version=6, status=row.after)
    return named(row)


@kind
def row_of_no_object_put_in(log):
    return f"(row {added(log.rows[0], object_id=10**6).pk}) knows it, but it is gone"


@kind
def row_copied_to_another_object(log):
    copied = added(log.rows[3], version=7, object_id=log.other[0].object_id, previous=log.late.hash)
    return named(copied).lower()


@kind
def row_deleted_and_another_put_in_its_place(log):
    row = log.rows[3]
    LogDetail.objects.filter(entry=row).delete()
    row.delete()
    return named(added(log.rows[2], version=4, pk=log.pks[3]))


@kind
def rows_of_two_objects_swapped(log):
    one, two = log.rows[1], log.other[1]
    write(two, object_id=10**6)
    write(one, object_id=log.other[0].object_id)
    write(two, object_id=log.rows[0].object_id)
    return named(one)


@kind
def versions_of_two_rows_swapped(log):
    write(log.rows[1], version=99)
    write(log.rows[2], version=2)
    write(log.rows[1], version=3)
    return named(log.rows[1])


@kind
def authors_of_two_rows_swapped(log):
    one, two = log.rows[0], log.rows[2]
    assert one.by_id != two.by_id
    kept = one.by_id
    write(one, by_id=two.by_id)
    write(two, by_id=kept)
    return named(two)
