"""Many files as one zip: the same bytes for the same content, portable names, and memory flat whatever their size."""

import io
import tempfile
import tracemalloc
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from acr_program.files.packing import portable, write_zip
from acr_program.files.store import store, store_file

pytestmark = pytest.mark.django_db


def zipped(contents):
    file = io.BytesIO()
    write_zip(file, contents)
    return file.getvalue()


def test_entries_are_sorted_and_their_sums_stand_beside_them():
    kept = store(b"%PDF", "application/pdf")

    with ZipFile(io.BytesIO(zipped({"b/x.pdf": kept, "a.txt": b"hello"}))) as found:
        names, sums = found.namelist(), found.read("SHA256SUMS").decode()

    assert names == ["SHA256SUMS", "a.txt", "b/x.pdf"]
    assert sums == f"{sha256(b'hello').hexdigest()}  a.txt\n{kept.sha256}  b/x.pdf\n"


def test_the_order_in_which_files_are_handed_in_changes_no_byte():
    assert zipped({"a": b"1", "b": b"2"}) == zipped({"b": b"2", "a": b"1"})


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("screen.pdf", "screen.pdf"), ("Müller & Söhne", "muller-sohne"), ("../../etc/passwd", "etc-passwd"),
        ("CON", "file-con"), ("aux.txt", "file-aux.txt"), ("日本", "file"), ("a:b*c?.pdf. ", "a-b-c-.pdf"), ("x" * 300, "x" * 100),
    ],
)  # fmt: skip
def test_a_name_is_taken_by_every_system(name, wanted):
    assert portable(name) == wanted


@pytest.mark.slow
def test_a_file_of_a_hundred_megabytes_passes_through(tmp_path: Path):
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(100 << 20)
    tracemalloc.start()

    kept = store_file(large, "application/octet-stream")
    with tempfile.TemporaryFile() as file:
        write_zip(file, {"large.bin": kept})
        size = file.tell()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size > 100 << 20
    assert peak < 16 << 20
