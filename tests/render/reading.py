"""The text of a PDF, in the order in which it is read aloud."""

import shutil
import subprocess

import pytest


def words(data):
    if not shutil.which("pdftotext"):
        pytest.skip("Nothing here reads the text of a PDF: install poppler-utils.")
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
