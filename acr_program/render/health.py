"""What an office should know about its renderer: whether children have no network at all, and the right type."""

import subprocess
import sys
from functools import cache

from django.utils.translation import gettext as _

from . import fonts

PROBE = "import os; os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)"


@cache
def isolated() -> bool:
    """Whether this kernel or container lets the renderer leave the network; tried once in a process of its own."""
    probe = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", "-c", PROBE],
        check=False,
        timeout=10,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return probe.returncode == 0


def remarks() -> list[str]:
    """A sentence for each thing that is weaker than it could be; none of them stops a document."""
    said = []
    if families := fonts.missing():
        said.append(
            _("Documents fall back on other type, because these fonts are not installed: %(names)s.")
            % {"names": ", ".join(families)}
        )
    if not isolated():
        said.append(
            _(
                "The renderer cannot leave the network here, so only its fetcher and its audit hook keep documents "
                "from opening addresses. Allow user namespaces in the container to close the network as well."
            )
        )
    return said
