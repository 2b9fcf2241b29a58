"""Checks plain data against TypedDicts and fills in what was left out, naming the place where it is wrong.

Nothing but dict, list, str, int, bool and None passes: a template over such data cannot reach code (docs/promises.md,
rule 8; pitfalls 17 to 20).
"""

import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

MOST_ROWS = 1_000  # a table row costs 4 ms, so a list of these still ends well within the limits
MOST_CHARACTERS = 20_000
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class InputError(ValueError):
    """Inputs of a document that cannot be composed; says where and why."""

    def __init__(self, path: str, why: str):
        self.path = path
        super().__init__(f"{path}: {why}")


@dataclass(frozen=True)
class Rule:
    """What a text must be besides a text, and what it is turned into."""

    why: str = ""
    ok: Callable[[str], object] | None = None
    longest: int = MOST_CHARACTERS
    convert: Callable[[str], str] | None = None


def complete(value: Any, hint: Any, path: str = "inputs") -> Any:
    """A copy of value that fits the hint, every part that may be left out in its place."""
    origin = get_origin(hint)
    if origin in (NotRequired, Annotated):
        inner, *rules = get_args(hint)
        return text(value, rules[0], path) if inner is str and rules else complete(value, inner, path)
    if origin in (Union, types.UnionType):
        return one_of(value, get_args(hint), path)
    if origin is Literal:
        if type(value) not in (str, int) or value not in get_args(hint):
            raise InputError(path, f"expected one of {', '.join(map(str, get_args(hint)))}, found {shown(value)}.")
        return value
    if origin is list:
        return rows(value, get_args(hint)[0], path)
    if is_typeddict(hint):
        return record(value, hint, path)
    if hint is str:
        return text(value, Rule(), path)
    if type(value) is not hint:
        raise InputError(path, f"expected {named(hint)}, found {shown(value)}.")
    if hint is int and abs(value) >= 10**15:
        raise InputError(path, "the number has more than fifteen digits.")
    return value


def one_of(value: Any, hints: tuple[Any, ...], path: str) -> Any:
    if value is None and type(None) in hints:
        return None
    hints = tuple(hint for hint in hints if hint is not type(None))
    if len(hints) == 1:
        return complete(value, hints[0], path)
    if all(is_typeddict(hint) for hint in hints):
        kinds = {kind: hint for hint in hints for kind in get_args(get_type_hints(hint)["kind"])}
        if type(value) is not dict:
            raise InputError(path, f"expected {named(dict)}, found {shown(value)}.")
        kind = value.get("kind")
        if type(kind) is not str or kind not in kinds:
            raise InputError(f"{path}.kind", f"expected one of {', '.join(kinds)}, found {shown(kind)}.")
        return record(value, kinds[kind], path)
    for hint in hints:
        if type(value) is plain(hint):
            return complete(value, hint, path)
    raise InputError(path, f"expected {' or '.join(named(plain(hint)) for hint in hints)}, found {shown(value)}.")


def record(value: Any, hint: Any, path: str) -> dict[str, Any]:
    if type(value) is not dict:
        raise InputError(path, f"expected {named(dict)}, found {shown(value)}.")
    hints = get_type_hints(hint, include_extras=True)
    for key in value:
        if type(key) is not str or key not in hints:
            raise InputError(f"{path}.{str(key)[:60]}", "nothing of this name belongs here.")
    full = {}
    for key, own in hints.items():
        if key in value:
            full[key] = complete(value[key], own, f"{path}.{key}")
        elif get_origin(own) is NotRequired:
            full[key] = default(get_args(own)[0])
        else:
            raise InputError(f"{path}.{key}", "is missing.")
    return full


def rows(value: Any, hint: Any, path: str) -> list[Any]:
    if type(value) is not list:
        raise InputError(path, f"expected {named(list)}, found {shown(value)}.")
    if len(value) > MOST_ROWS:
        raise InputError(path, f"has {len(value):,} entries; {MOST_ROWS:,} are the most a document can carry.")
    return [complete(one, hint, f"{path}[{index}]") for index, one in enumerate(value)]


def text(value: Any, rule: Rule, path: str) -> str:
    if type(value) is not str:
        raise InputError(path, f"expected a text, found {shown(value)}.")
    if len(value) > rule.longest:
        raise InputError(path, f"has {len(value):,} characters; {rule.longest:,} are the most.")
    if hit := UNPRINTABLE.search(value):
        raise InputError(path, f"has the unprintable character U+{ord(hit[0]):04X} at place {hit.start() + 1}.")
    if rule.ok and not rule.ok(value):
        raise InputError(path, f"expected {rule.why}, found {shown(value)}.")
    return rule.convert(value) if rule.convert else value


def default(hint: Any) -> Any:
    """What stands for a part that was left out: the first of a choice, else the emptiest value that fits."""
    if get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if get_origin(hint) in (Union, types.UnionType):
        return None
    return (get_origin(hint) or hint)()


def plain(hint: Any) -> Any:
    while get_origin(hint) is Annotated:
        hint = get_args(hint)[0]
    return get_origin(hint) or hint


def named(kind: Any) -> str:
    words = {str: "a text", int: "a whole number", bool: "yes or no", list: "a list", dict: "a dictionary"}
    return words.get(kind, getattr(kind, "__name__", str(kind)))


def shown(value: Any) -> str:
    return repr(value)[:60] if type(value) in (str, int, bool, type(None)) else f"a {type(value).__name__}"
