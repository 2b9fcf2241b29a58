"""Why a document could not be rendered, in a sentence for its author."""

from typing import Any

from django.utils.translation import gettext as _

PASSING = {"wall", "signal", "server", "start", "lost"}  # worth another try; the rest is in the document itself


class RenderError(Exception):
    """A document that was not rendered; `permanent` says that trying again would only fail again."""

    def __init__(self, kind: str, sentence: str):
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence
        self.permanent = kind not in PASSING


def refusal(kind: str, detail: str, limits: dict[str, Any]) -> RenderError:
    """The renderer's short reason as a sentence that says what happened and what to do."""
    facts = {
        "detail": detail,
        "cpu": limits["cpu"],
        "wall": limits["wall"],
        "memory": limits["memory"] >> 20,
        "file": limits["file"] >> 20,
    }
    sentence = sentences().get(kind, sentences()["broken"])
    return RenderError(kind, str(sentence % facts))


def sentences() -> dict[str, str]:
    return {
        "cpu": _(
            "The document took more than %(cpu)s s of computing: "
            "shorten its longest table or take lists out of each other."
        ),
        "wall": _("The document was not ready after %(wall)s s, so it was stopped; it will be tried again."),
        "memory": _("The document needed more than %(memory)s MB of memory: shorten its longest table or section."),
        "size": _("The document would be larger than %(file)s MB: use fewer or smaller pictures."),
        "depth": _("The document has parts nested too deeply to lay out: take lists and quotations out of each other."),
        "address": _(
            "The document asks for %(detail)s, which it may not open: "
            "take that address out, or put the picture on file."
        ),
        "broken": _("The document could not be laid out (%(detail)s): take out what was changed last and try again."),
        "signal": _(
            "The rendering was ended by signal %(detail)s while it worked on the document; it will be tried again."
        ),
        "server": _("The renderer stopped while it worked on the document (%(detail)s); it will be tried again."),
        "start": _("The renderer does not start (%(detail)s): install what it names, then try again."),
    }
