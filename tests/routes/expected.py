"""Who reaches what, written down by hand: the second opinion that the program's own answers are held against.

Nothing here asks `visible_to` or a role predicate. Who somebody is stands in the names of the identities; who may is
listed for each kind of record, for each role by its title, and for the few paths whose page itself says who may.
"""

from __future__ import annotations

OFFICE = {"admin", "manager"}
SIGNED_IN = {
    "rep", "other rep", "leader", "other leader", "admin", "contributor", "other contributor", "manager", "executive",
    "auditor", "stand-in", "superuser",
}  # fmt: skip
OUTSIDE = {"anonymous", "deactivated"}
IDENTITIES = sorted(SIGNED_IN | OUTSIDE)

EVERYWHERE = {"admin", "manager", "auditor", "executive"}
OWN = EVERYWHERE | {"rep", "leader", "stand-in"}
OTHER = EVERYWHERE | {"other rep", "other leader"}

# Who sees a record of a kind: Rita's, and Otto's.
SEES = {
    "account": (OWN, OTHER),
    "reviewrequest": (OWN, OTHER),
    "document": (OWN, OTHER),
    "approval": (OWN, OTHER),
    "informationrequest": (OWN | {"contributor"}, OTHER | {"other contributor"}),
    "message": ({"rep", *OFFICE}, {"other rep", *OFFICE}),
    "export": ({"rep"}, {"other rep"}),
    "bulk": ({"rep"}, {"other rep"}),
    "logentry": ({"rep"}, {"other rep"}),
    "savedview": ({"rep"}, {"other rep"}),
    "comment": (OWN, OTHER),
    "attachment": (OWN, OTHER),
    "mention": ({"rep"}, {"other rep"}),
    "user": (SIGNED_IN, SIGNED_IN),
    "program": (SIGNED_IN, SIGNED_IN),
    "programyear": (SIGNED_IN, SIGNED_IN),
    "batch": (OFFICE | {"auditor"}, set()),
    "templateversion": ({"admin", "manager", "auditor", "leader", "other leader"}, set()),
}

# Who holds a role, by the title that stands in the written table; towards Rita's record.
HOLDS = {
    "the program office": OFFICE,
    "the program office or an auditor": OFFICE | {"auditor"},
    "the program office, an auditor or a sales leader": OFFICE | {"auditor", "leader", "other leader"},
    "the program manager": {"manager"},
    "a program administrator": {"admin"},
    "a sales representative": {"rep", "other rep"},
    "the sales representative of the account": {"rep"},
    "the account manager": {"rep"},
    "a sales leader above the account manager": {"leader"},
    "the contributor asked": {"contributor"},
    "the leader asked, or the stand-in named for these days": {"leader", "stand-in"},
    "the clock": set(),
    "the customer, by a signed link": set(),
}

# The same towards Otto's.
HOLDS_OTHER = HOLDS | {
    "the sales representative of the account": {"other rep"},
    "the account manager": {"other rep"},
    "a sales leader above the account manager": {"other leader"},
    "the contributor asked": {"other contributor"},
    "the leader asked, or the stand-in named for these days": {"other leader"},
}

KEEPERS, OTHER_KEEPERS = OFFICE | {"rep", "leader"}, OFFICE | {"other rep", "other leader"}

# Where the page itself is narrower than its record: who of those who see it may, for Rita's and for Otto's.
NARROWER = {
    "desk:absences": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "desk:end-absence": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "accounts:new-contact": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "accounts:contact": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "accounts:drop-contact": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "accounts:new-fact": (KEEPERS, OTHER_KEEPERS),
    "accounts:end-fact": (KEEPERS, OTHER_KEEPERS),
    "accounts:new-note": (KEEPERS, OTHER_KEEPERS),
    "accounts:take-down": (KEEPERS, OTHER_KEEPERS),
    "accounts:new-figure": (KEEPERS, OTHER_KEEPERS),
    "desk:comment-change": ({"rep"}, {"other rep"}),
    "desk:comment-withdraw": ({"rep"}, {"other rep"}),
    "desk:attachment-remove": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "reviews:request-edit": ({"rep"}, {"other rep"}),
    "reviews:request-approver": ({"admin"}, {"admin"}),
    "reviews:contribution-draft": ({"contributor"}, {"other contributor"}),
    "reviews:download": (OFFICE | {"leader", "stand-in"}, OFFICE | {"other leader"}),  # not sealed yet
}

# What an allowed one meets: where nothing is named, a page or the way back to one.
ANSWERS = {
    ("GET", "desk:mine"): 302,
    ("GET", "charter:home"): 302,
    ("GET", "reviews:receipt"): 404,  # nothing is sealed yet
    ("GET", "reviews:request-edit"): 409,  # under way
    ("POST", "reviews:contribution-draft"): 409,  # accepted already: nothing is kept any more
    ("GET", "reviews:request-approver"): 409,  # settled
    ("POST", "reviews:request-edit"): 409,
    ("POST", "reviews:request-approver"): 409,
}
BY_LINK = {"reviews:write", "reviews:write-step", "reviews:decide", "reviews:decide-file", "reviews:decide-step"}
WRITTEN = {200, 302, 400, 409}  # taken, or refused in a sentence to somebody who may


def expect(method: str, name: str, identity: str, side: str, access: object, methods: tuple[str, ...]) -> set[int]:
    """The answers that are right, by whose record it is: «own» Rita's, «other» Otto's, «none» nobody's."""
    if method not in (*methods, "OPTIONS"):
        return {405}
    kind = access.kind  # type: ignore[attr-defined]
    if kind == "public":
        return public(method, name, side, identity)
    if identity in OUTSIDE:
        return {302}
    if method == "OPTIONS":
        return {200}
    predicate = access.predicate  # type: ignore[attr-defined]
    if predicate and identity not in HOLDS[str(predicate.title)]:
        return {403}
    if side == "none":
        return {404}
    model = access.model  # type: ignore[attr-defined]
    which = int(side == "other")
    if model and identity not in SEES[model._meta.model_name][which]:
        return {404}
    if name in NARROWER and identity not in NARROWER[name][which]:
        return {403}
    if method == "POST":
        return {ANSWERS.get(("POST", name))} if ("POST", name) in ANSWERS else WRITTEN  # type: ignore[arg-type]
    return {ANSWERS.get(("GET", name), 200)}


def public(method: str, name: str, side: str, identity: str) -> set[int]:
    """The few paths that ask nobody who they are; a link made for somebody is refused to whoever signed in as another."""
    if name in ("healthz", "readyz"):
        return {405} if method == "OPTIONS" else {200}
    if method == "OPTIONS":
        return {200}
    if name in BY_LINK and side == "own" and identity not in OUTSIDE:
        return {403}
    if name in BY_LINK and method == "POST" and side == "own":
        return {400}  # without the code of the mail
    if name == "reviews:decide-file" and side == "own":
        return {410}  # the link's person is not asked for this approval: the page opens, the file does not
    return {302} if name == "theme" else {404} if side == "none" else {200}


def expect_step(method: str, identity: str, side: str, model: str, titles: list[str]) -> set[int]:
    """The same for one step: whoever sees the record and is not named by the step gets 403."""
    if identity in OUTSIDE:
        return {302}
    which = int(side == "other")
    if side == "none" or identity not in SEES[model][which]:
        return {404}
    holds = (HOLDS, HOLDS_OTHER)[which]
    if not any(identity in holds[title] for title in titles):
        return {403}
    return {200} if method == "GET" else {302, 409}
