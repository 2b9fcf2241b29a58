"""System libraries and the browser: found, installed where that is possible, else named with the one command."""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What WeasyPrint opens, and the Debian package that brings it.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz": "libharfbuzz0b",
    "harfbuzz-subset": "libharfbuzz-subset0",
    "fontconfig": "libfontconfig1",
}
# The shell of the same browser draws no window of its own: tests in it take about half the computing.
SHELL = "chromium-headless-shell"
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def missing_packages() -> list[str]:
    return [package for library, package in LIBRARIES.items() if not ctypes.util.find_library(library)]


def find_browser() -> str | None:
    """The browser for tests: the one ACR_BROWSER names, one on the path, or one that Playwright brought."""
    named = [os.environ.get("ACR_BROWSER", ""), *(shutil.which(name) or "" for name in BROWSERS), str(MAC_BROWSER)]
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", str(Path.home() / ".cache/ms-playwright")))
    brought = sorted(str(path) for path in cache.glob("chromium-*/chrome-linux*/chrome"))
    return next((path for path in [*named, *brought] if path and os.access(path, os.X_OK)), None)


def install(packages: list[str]) -> bool:
    """By apt where that is possible without asking; False where it is not."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {' '.join(packages)}", flush=True)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(command, env=environment, check=False, **quiet)  # type: ignore[call-overload]
    return True


def command_for(packages: list[str]) -> str:
    if shutil.which("brew"):
        homes = {"chromium": "--cask google-chrome", "poppler-utils": "poppler"}
        return "brew install " + homes.get(packages[0], "pango")
    return f"sudo apt-get install -y {' '.join(packages)}"


def main(browser: bool) -> int:
    missing = missing_packages()
    if missing and not (install(missing) and not missing_packages()):
        print(f"Documents cannot be drawn without system libraries. Install them with:  {command_for(missing)}")
        return 1
    if browser and (not find_browser() or (os.environ.get("CI") and not shutil.which(SHELL))):
        install([SHELL])
    if browser and not find_browser() and not (install(["chromium"]) and find_browser()):
        command = command_for(["chromium"])
        print(f"No browser was found, so tests in a browser are left out. Install one with:  {command}")
        return 1 if os.environ.get("CI") else 0
    if browser and not shutil.which("pdftotext") and not (install(["poppler-utils"]) and shutil.which("pdftotext")):
        command = command_for(["poppler-utils"])
        print(f"Nothing here reads the text of a PDF, so tests that do are left out. Install it with:  {command}")
        return 1 if os.environ.get("CI") else 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main(browser="browser" in sys.argv[1:]))
