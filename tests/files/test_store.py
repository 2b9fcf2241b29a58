import os
import stat

import pytest
from django.db import IntegrityError, transaction

from acr_program.files import disk, duties
from acr_program.files.errors import Corrupt, NotKept
from acr_program.files.models import StoredFile
from acr_program.files.store import store

GONE = "The file report.pdf is missing from the store, so it is not handed out. Restore it from the backup."
CHANGED = "The file report.pdf is no longer what was stored, so it is not handed out. Restore it from the backup."


def test_bytes_come_back_as_they_were():
    stored = store(b"\x00 bytes", "application/octet-stream")

    assert StoredFile.objects.get().read() == b"\x00 bytes"
    assert (stored.size, stored.kind, len(stored.sha256)) == (7, "application/octet-stream", 64)


def test_the_same_bytes_are_kept_once(tmp_path):
    first, second = store(b"same", "text/plain"), store(b"same", "text/plain")

    assert first == second
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [first.sha256]


def test_a_kept_file_cannot_be_written_in_place():
    path = disk.path_of(store(b"text", "text/plain").sha256)

    assert stat.S_IMODE(path.stat().st_mode) == 0o400


@pytest.mark.parametrize("data", [b"tExt", b"tex", b"text ", b""], ids=["swapped", "cut", "longer", "empty"])
def test_changed_bytes_are_refused_with_a_sentence(damage, data):
    stored = store(b"text", "text/plain")
    damage(stored, data)

    with pytest.raises(Corrupt) as refused:
        stored.read("report.pdf")

    assert refused.value.sentence == CHANGED


def test_every_single_bit_counts(damage):
    original = b"approved bytes"
    stored = store(original, "text/plain")

    for bit in range(len(original) * 8):
        flipped = bytearray(original)
        flipped[bit // 8] ^= 1 << bit % 8
        damage(stored, bytes(flipped))
        with pytest.raises(Corrupt):
            stored.read()


def test_a_missing_file_is_named():
    stored = store(b"text", "text/plain")
    disk.path_of(stored.sha256).unlink()

    with pytest.raises(Corrupt, match=GONE):
        stored.read("report.pdf")


def test_storing_again_mends_a_damaged_copy(damage):
    stored = store(b"text", "text/plain")
    damage(stored, b"tex")

    store(b"text", "text/plain")

    assert stored.read() == b"text"


def test_a_full_disk_leaves_nothing_half_done(monkeypatch, tmp_path):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(NotKept) as refused:
        store(b"text", "text/plain")

    assert "No space left on device" in refused.value.sentence
    assert not StoredFile.objects.exists()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_rows_are_written_once():
    stored = store(b"text", "text/plain")
    stored.size = 3

    with pytest.raises(TypeError):
        stored.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.create(sha256="../../etc", size=1, kind="text/plain")


def test_a_kind_is_a_mime_type():
    with pytest.raises(ValueError):
        store(b"text", "text/html\r\nX: y")


def test_the_night_proves_every_file_and_names_the_damaged(damage):
    good, bad = store(b"good", "text/plain"), store(b"bad", "text/plain")

    assert duties.verify() == 2
    damage(bad, b"BAD")
    with pytest.raises(Corrupt) as refused:
        duties.verify()

    assert bad.sha256[:12] in refused.value.sentence
    assert good.sha256[:12] not in refused.value.sentence


def test_week_old_files_without_a_row_leave(tmp_path):
    kept, left, young = (store(data, "text/plain") for data in (b"kept", b"left", b"young"))
    StoredFile.objects.filter(pk__in=[left.pk, young.pk]).delete()
    for stored in (kept, left):
        os.utime(disk.path_of(stored.sha256), (0, 0))
    aside = disk.path_of(kept.sha256).parent / ".new-xyz"
    aside.write_bytes(b"")
    os.utime(aside, (0, 0))

    assert duties.clean() == 2
    assert {p.name for p in tmp_path.rglob("*") if p.is_file()} == {kept.sha256, young.sha256}
