"""Words and values changed, put in, swapped, moved."""

from acr_program.workflow.log import LogDetail

from .kinds import kind, named, rehash, write


@kind
def words_edited(log):
    write(log.rows[2].detail, comment="They are content.")
    return named(log.rows[2])


@kind
def values_edited(log):
    write(log.rows[3].detail, data={"changed": {"city": ["", "Rome"]}})
    return named(log.rows[3])


@kind
def salt_edited(log):
    write(log.rows[2].detail, salt="0" * 32)
    return named(log.rows[2])


@kind
def words_edited_with_their_digest(log):
    row = log.rows[2]
    write(row.detail, comment="They are content.")
    write(row, detail_digest=row.detail.digest())
    return named(row)


@kind
def words_edited_and_everything_hashed_again(log):
    row = log.rows[2]
    write(row.detail, comment="They are content.")
    write(row, detail_digest=row.detail.digest())
    rehash(*log.rows[2:])
    return named(row)


@kind
def words_put_where_there_were_none(log):
    LogDetail.objects.create(entry=log.rows[1], salt="0" * 32, comment="By order of the manager.")
    return named(log.rows[1])


@kind
def words_of_two_rows_swapped(log):
    one, two = log.rows[2].detail, log.other[2].detail
    kept = {"salt": one.salt, "comment": one.comment, "data": one.data}
    write(one, salt=two.salt, comment=two.comment, data=two.data)
    write(two, **kept)
    return named(log.other[2])


@kind
def words_moved_to_another_row(log):
    write(log.rows[2].detail, entry_id=log.rows[1].pk)
    return named(log.rows[1])
