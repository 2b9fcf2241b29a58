"""Composes the pages of a document: plain data in, HTML of every edition out, nothing read from anywhere else."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from liquid import CachingFileSystemLoader, Environment, StrictUndefined
from liquid.exceptions import LiquidError
from markupsafe import Markup

from . import charts, editions, look, profile, words
from .checking import InputError
from .provenance import in_margin, traced
from .schema import check
from .shape import colophon, has_nothing, let_brief_ones_follow, shaped_figures, shaped_section

TAGS = {"assign", "break", "case", "comment", "continue", "for", "if", "render", "unless"}
INNER = {"output", "content", "illegal"}  # not written by anybody: text, {{ }} and what the parser cannot read


class Bounded(Environment):
    """Liquid with every limit of the engine set; all but one are off by default (docs/promises.md, rule 8)."""

    block_nesting_limit = 20
    context_depth_limit = 20
    loop_iteration_limit = 200_000
    local_namespace_limit = 2_000_000
    output_stream_limit = 16_000_000


def compose(inputs: dict[str, Any]) -> dict[str, str]:
    """The HTML of every edition the inputs ask for; InputError names what is wrong with them."""
    data = check(inputs)
    if "cmyk" in data["editions"] and data["profile"] != profile.digest():
        why = "the office's printer has another colour profile now, or none: name the one of then in ACR_PRINT_PROFILE."
        raise InputError("inputs.profile", why)
    try:
        return {key: page(data, key) for key in data["editions"]}
    except LiquidError as error:
        raise InputError("inputs", f"the document cannot be composed: {error}") from error


def page(data: dict[str, Any], edition: str) -> str:
    say = words.filters(data["locale"], data["currency"])
    engine = environment(data["locale"], data["currency"])
    shared = {name: data[name] for name in ("company", "customer", "year", "document", "currency")}
    shared["figures"] = shaped_figures(data["figures"], data["currency"], say)
    shared["charts"] = charts.draw(data, editions.tokens(edition) | look.tokens(data["look"], edition), say)
    sections = [shaped_section(section, data["year"]["as_of"], say) for section in data["sections"]]
    for section in sections:
        section["empty"] = has_nothing(section, shared["figures"])
    let_brief_ones_follow(sections)
    found = traced(data) if edition == "internal" and data["provenance"] else []
    for section in sections:
        section["body"] = body(engine, section, shared)
        section["marks"] = in_margin(found, section["key"])
    whole = engine.get_template("document.liquid.html").render(
        **shared,
        sections=sections,
        edition=edition,
        lang=data["locale"],
        layout=data["layout"],
        style=Markup(look.style(data["look"], edition)),  # noqa: S704 - our own sheets, and a colour that was checked
        logo=look.logo_of(data["look"], edition),
        glance=data["glance"],
        colophon=colophon(shared["figures"]),
    )
    return str(whole)


def body(engine: Environment, section: dict[str, Any], shared: dict[str, Any]) -> Markup:
    """One section below its title, by the partial of its kind."""
    name = "prose" if section["kind"] in {"text", "input", "table"} else section["kind"]
    template = engine.get_template(f"sections/{name}.liquid.html")
    return Markup(template.render(section=section, **shared))  # noqa: S704 - escaped by the engine


@cache
def environment(locale: str, currency: str) -> Environment:
    """The engine for one locale, with our filters and no others, our tags and no others."""
    loader = CachingFileSystemLoader(folder(), auto_reload=settings.DEBUG)
    engine = Bounded(loader=loader, autoescape=True, undefined=StrictUndefined, strict_filters=True)
    engine.filters.clear()
    engine.filters.update(words.filters(locale, currency))
    for tag in set(engine.tags) - TAGS - INNER:
        del engine.tags[tag]
    return engine


def folder() -> Path:
    return Path(settings.BASE_DIR / "templates" / "pdf")
