"""Files one can read in one go (ARCHITECTURE.md, feel)."""

from statistics import median

from .files import lines, python_files, templates


def test_no_python_file_is_longer_than_350_lines():
    long = {str(path): lines(path) for path in python_files() if lines(path) > 350}

    assert long == {}


def test_the_median_python_file_has_about_60_lines():
    """Packages that only mark a folder are no files to read."""
    sizes = [lines(path) for path in python_files() if lines(path) > 3]

    assert 40 <= median(sizes) <= 90


def test_the_median_template_has_at_most_60_lines():
    sizes = [lines(path) for path in templates()]

    assert median(sizes) <= 60
    assert {str(path): lines(path) for path in templates() if lines(path) > 350} == {}
