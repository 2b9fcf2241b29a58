import pytest

from acr_program.files import disk
from acr_program.files.models import Manifest
from acr_program.files.store import store


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path, db):
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def damage():
    """Change stored bytes behind the program's back."""

    def change(stored, data):
        path = disk.path_of(stored.sha256)
        path.chmod(0o600)
        path.write_bytes(data)

    return change


@pytest.fixture
def sealed():
    files = [("screen.pdf", store(b"%PDF screen", "application/pdf"), 12)]
    files += [("print.pdf", store(b"%PDF print", "application/pdf"), 14)]
    return Manifest.seal(files, inputs="a" * 64)
