import pytest

from acr_program.files.errors import Corrupt
from acr_program.files.models import Manifest, ManifestFile, StoredFile
from acr_program.files.serve import safe_name, serve
from acr_program.files.store import store


def test_a_seal_holds(sealed):
    sealed.prove()

    assert [(row.name, row.pages) for row in sealed.rows()] == [("print.pdf", 14), ("screen.pdf", 12)]


def test_the_digest_is_of_names_bytes_pages_and_inputs(sealed):
    screen, printed = sealed.file("screen.pdf").file, sealed.file("print.pdf").file
    same = [("print.pdf", printed, 14), ("screen.pdf", screen, 12)]

    assert Manifest.seal(same, inputs="a" * 64).digest == sealed.digest
    others = {
        Manifest.seal(same, inputs="b" * 64).digest,
        Manifest.seal(same[:1], inputs="a" * 64).digest,
        Manifest.seal([("print.pdf", printed, 15), same[1]], inputs="a" * 64).digest,
        Manifest.seal([("print.pdf", screen, 14), same[1]], inputs="a" * 64).digest,
        Manifest.seal([("Print.pdf", printed, 14), same[1]], inputs="a" * 64).digest,
    }
    assert len(others - {sealed.digest}) == 5


def test_a_changed_byte_is_named(sealed, damage):
    damage(sealed.file("print.pdf").file, b"%PDF prinT")

    with pytest.raises(Corrupt, match=r"The file print\.pdf is no longer what was stored"):
        sealed.prove()


def test_a_swapped_file_or_page_count_breaks_the_seal(sealed):
    other = store(b"%PDF other", "application/pdf")
    ManifestFile.objects.filter(name="print.pdf").update(file=other)

    with pytest.raises(Corrupt, match="was changed after it was sealed"):
        sealed.prove()
    with pytest.raises(Corrupt, match="was changed after it was sealed"):
        sealed.file("screen.pdf").read()


def test_a_row_of_another_hash_breaks_the_seal(sealed):
    other = store(b"%PDF other", "application/pdf")
    size, sha = other.size, other.sha256
    other_pk = other.pk
    StoredFile.objects.filter(pk=other_pk).delete()
    StoredFile.objects.filter(pk=sealed.file("print.pdf").file_id).update(sha256=sha, size=size)

    with pytest.raises(Corrupt):
        sealed.file("print.pdf").read()


def test_what_is_served_can_only_be_downloaded(sealed):
    response = serve(sealed.file("screen.pdf"), "Review\r\n 2026.pdf")

    assert response.content == b"%PDF screen"
    assert dict(response.headers) == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="Review   2026.pdf"'.replace("   ", "  "),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
    }


def test_damaged_bytes_are_not_served(sealed, damage):
    damage(sealed.file("screen.pdf").file, b"")

    with pytest.raises(Corrupt):
        serve(sealed.file("screen.pdf"), "Review.pdf")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("Review\u202egpj.exe", "Review gpj.exe"),
        ("", "file"),
        ("Überblick 2026.pdf", "Überblick 2026.pdf"),
        ("x" * 300 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_file_names_are_made_safe(given, name):
    assert safe_name(given) == name
