import re

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from .models import ManifestFile, StoredFile

UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:*?"<>|]+')


def serve(source: StoredFile | ManifestFile, filename: str) -> HttpResponse:
    """Hand out proved bytes as a download that can do nothing in our origin (rules 6 and 18); raises Corrupt."""
    stored = source.file if isinstance(source, ManifestFile) else source
    name = safe_name(filename)
    return harmless(HttpResponse(source.read(name), content_type=stored.kind), name)


def serve_large(stored: StoredFile, filename: str) -> StreamingHttpResponse:
    """The same for a file that is too large to be held: proved, then handed out piece by piece; raises Corrupt."""
    name = safe_name(filename)
    stored.prove(name)
    answer = StreamingHttpResponse(stored.pieces(name), content_type=stored.kind)
    answer["Content-Length"] = str(stored.size)
    return harmless(answer, name)


def harmless[R: HttpResponseBase](response: R, name: str) -> R:
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def safe_name(filename: str) -> str:
    """A name every desk takes: no folder, no control or direction mark, no reserved sign, not too long."""
    name = UNFIT.sub(" ", filename).strip(" .")
    stem, dot, ending = name.rpartition(".")
    return (stem[:150].strip() + dot + ending[:10] if dot else name[:150]) or "file"
