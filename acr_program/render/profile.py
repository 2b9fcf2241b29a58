"""The printer's colour profile: an ICC file that the office got from its printer and named in ACR_PRINT_PROFILE.

Its hash stands in the inputs of every document that was made with it, so that other inks are never taken for the same.
"""

import hashlib
import io
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms


def content() -> bytes:
    """The profile itself; nothing where the office has none."""
    return read(settings.ACR_PRINT_PROFILE)


def digest() -> str:
    """By what the profile is known in the inputs of a document."""
    data = content()
    return hashlib.sha256(data).hexdigest() if data else ""


def fault() -> str:
    """What is wrong with the file that the setting names, in a sentence; nothing where all is well or none is named."""
    path = settings.ACR_PRINT_PROFILE
    try:
        data = read(path)
    except OSError as error:
        return _("The printer's profile %(path)s cannot be read: %(why)s.") % {"path": path, "why": error.strerror}
    return "" if not path or has_four_inks(data) else _("%(path)s is not a CMYK profile of a printer.") % {"path": path}


def has_four_inks(data: bytes) -> bool:
    try:
        about = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    except (OSError, ImageCms.PyCMSError):
        return False
    return (about.device_class.strip(), about.xcolor_space.strip()) == ("prtr", "CMYK")


@cache
def read(path: str) -> bytes:
    return Path(path).read_bytes() if path else b""


def in_inks(picture: bytes) -> bytes:
    """A picture as the printer prints it: its colours taken to his inks by his own profile."""
    found = to_inks(content())
    done = io.BytesIO()
    taken = ImageCms.applyTransform(Image.open(io.BytesIO(picture)).convert("RGB"), found)
    assert taken is not None
    taken.save(done, "JPEG", quality=95, subsampling=0)
    return done.getvalue()


def ink(red: float, green: float, blue: float) -> str:
    """A colour as the printer prints it, as a style sheet says it."""
    one = Image.new("RGB", (1, 1), (round(255 * red), round(255 * green), round(255 * blue)))
    taken = ImageCms.applyTransform(one, to_inks(content()))
    assert taken is not None
    amounts = taken.tobytes()
    return f"device-cmyk({' '.join(f'{amount / 255:.3f}' for amount in amounts)})"


@cache
def to_inks(data: bytes) -> ImageCms.ImageCmsTransform:
    """From the colours of a screen to the inks of this profile."""
    theirs = ImageCms.ImageCmsProfile(io.BytesIO(data))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    return ImageCms.buildTransform(ImageCms.createProfile("sRGB"), theirs, "RGB", "CMYK", intent)
