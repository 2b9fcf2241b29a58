"""Who reaches what, written down by hand: the second opinion that the program's own answers are held against.

Nothing here asks `visible_to` or a role predicate. Who somebody is stands in the names of the identities; who may is
listed for each kind of record, for each role by its title, and for the few paths whose page itself says who may.
"""

from __future__ import annotations

from tests.keyed import keyed

from .identities import EVERYWHERE, OFFICE, OTHER, OUTSIDE, OWN, SIGNED_IN, WRITERS

# Who sees a record of a kind: Rita's, and Otto's.
SEES = {
    "account": (OWN, OTHER),
    "reviewrequest": (OWN, OTHER),
    "document": (OWN, OTHER),
    "approval": (OWN, OTHER),
    "deviation": (OWN, OTHER),
    "followup": (OWN, OTHER),
    "printorder": (OWN, OTHER),
    "meeting": (OWN, OTHER),
    "customerfeedback": (OWN, OTHER),
    "repfeedback": (OWN, OTHER),
    "starperformer": (OFFICE | {"auditor", "leader", "stand-in"}, OFFICE | {"auditor", "other leader"}),
    "suggestion": (OWN, OTHER),
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
    "alignment": (EVERYWHERE | {"leader"}, EVERYWHERE | {"other leader"}),
    "communication": (EVERYWHERE | {"rep", "other rep"}, set()),
    "receipt": (EVERYWHERE | {"rep"}, EVERYWHERE | {"other rep"}),
    "trainingassignment": (EVERYWHERE | {"rep", "leader"}, EVERYWHERE | {"other rep", "other leader"}),
    "inquiry": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "pilotwave": (EVERYWHERE, set()),
    "pilotcandidate": (OWN, OTHER),
    "finding": (EVERYWHERE, set()),
    "program": (SIGNED_IN, SIGNED_IN),
    "programyear": (SIGNED_IN, SIGNED_IN),
    "batch": (OFFICE | {"auditor"}, set()),
    "trial": ({"admin", "manager", "auditor"}, set()),
    "contentitem": (WRITERS, set()),
    "revision": (WRITERS, set()),
    "touchpoint": (OFFICE | {"auditor", "contributor"}, OFFICE | {"auditor", "other contributor"}),
    "processversion": (SIGNED_IN, set()),
    "templateversion": ({"admin", "manager", "auditor", "leader", "other leader"}, set()),
    **keyed().sees,
}

# Who holds a role, by the title that stands in the written table; towards Rita's record.
HOLDS = {
    "the program office": OFFICE,
    "the program office or an auditor": OFFICE | {"auditor"},
    "the program office, an auditor or a sales leader": OFFICE | {"auditor", "leader", "other leader"},
    "the program office, an auditor, a sales leader or an executive": OFFICE
    | {"auditor", "leader", "other leader", "executive"},
    "the program office, an auditor or an executive": EVERYWHERE,
    "the program office or a sales leader": OFFICE | {"leader", "other leader"},
    "the sales leader above the account manager; without one, the program manager": {"leader"},
    "whoever owns the finding": {"manager"},
    "the program manager": {"manager"},
    "a program administrator": {"admin"},
    "a sales representative": {"rep", "other rep"},
    "a sales leader": {"leader", "other leader"},
    "the sales representative of the account": {"rep"},
    "the account manager": {"rep"},
    "a sales leader above the account manager": {"leader"},
    "the leader themselves": {"leader"},
    "whoever is told, for themselves": {"rep"},
    "whoever takes the training": {"rep"},
    "whoever asked": {"rep"},
    "the administrator to whom it was given": {"admin"},
    "the contributor asked": {"contributor"},
    "the contributor who was asked": {"contributor"},
    "the star performer who was asked": set(),
    "whoever answers for the text": {"contributor"},
    "whoever writes standard texts or runs the program": WRITERS,
    "the leader asked, or the stand-in named for these days": {"leader", "stand-in"},
    "whoever undertook it": {"rep"},
    "a leader above them, or above the sales representative": {"leader"},
    "the clock": set(),
    "the customer, by a signed link": set(),
    "the printer or carrier, by a signed link or event": set(),
    **keyed().holds,
}

# The same towards Otto's.
HOLDS_OTHER = HOLDS | {
    "the sales representative of the account": {"other rep"},
    "the account manager": {"other rep"},
    "the leader themselves": {"other leader"},
    "the sales leader above the account manager; without one, the program manager": {"other leader"},
    "whoever is told, for themselves": {"other rep"},
    "whoever takes the training": {"other rep"},
    "whoever asked": {"other rep"},
    "a sales leader above the account manager": {"other leader"},
    "the contributor asked": {"other contributor"},
    "the contributor who was asked": {"other contributor"},
    "whoever answers for the text": {"other contributor"},
    "whoever undertook it": {"other rep"},
    "a leader above them, or above the sales representative": {"other leader"},
    "the leader asked, or the stand-in named for these days": {"other leader"},
    **keyed().holds_other,
}

KEEPERS, OTHER_KEEPERS = OFFICE | {"rep", "leader"}, OFFICE | {"other rep", "other leader"}

MEETING_DOORS = ["reviews:plan-meeting", *(f"reviews:meeting-{name}" for name in ("plan", "outcome", "note", "mark"))]

EDITOR_DOORS = [
    "reviews:template-draft", "reviews:template-edit", "reviews:template-order", "reviews:section-new", "reviews:section-edit",
    "reviews:section-remove", "reviews:section-preview", "reviews:template-tokens",
]  # fmt: skip
TRIAL_DOORS = ["reviews:template-trials", "reviews:template-try"]

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
    "charter:receipt-read": ({"rep"}, {"other rep"}),
    "desk:comment-change": ({"rep"}, {"other rep"}),
    "desk:comment-withdraw": ({"rep"}, {"other rep"}),
    "desk:attachment-remove": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "reviews:request-edit": ({"rep"}, {"other rep"}),
    "reviews:request-approver": ({"admin"}, {"admin"}),
    "reviews:new-print-order": ({"admin"}, {"admin"}),
    "reviews:new-follow-up": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    **dict.fromkeys(MEETING_DOORS, (OFFICE | {"rep"}, OFFICE | {"other rep"})),
    "reviews:contribution-draft": ({"contributor"}, {"other contributor"}),
    "reviews:deviate": (OFFICE | {"rep"}, OFFICE | {"other rep"}),
    "reviews:evidence": (OWN - {"executive"}, OTHER - {"executive"}),
    "reviews:audit-trail": (OFFICE | {"auditor"}, OFFICE | {"auditor"}),
    **dict.fromkeys([*EDITOR_DOORS, *TRIAL_DOORS], ({"manager"}, {"manager"})),
    "reviews:process-step-edit": ({"manager"}, {"manager"}),
    "reviews:library-propose": (OFFICE | {"contributor"}, OFFICE | {"other contributor"}),
    "reviews:library-unit": (OFFICE | {"contributor"}, OFFICE | {"other contributor"}),
    "reviews:waive-stale": ({"manager"}, {"manager"}),
    "reviews:touch-answer": ({"contributor"}, {"other contributor"}),
    "reviews:touch-draft": ({"contributor"}, {"other contributor"}),
    "reviews:approval-shown": ({"leader", "stand-in"}, {"other leader"}),
    "reviews:last-year": (OFFICE | {"leader", "stand-in"}, OFFICE | {"other leader"}),  # not sealed yet
    "reviews:suggest-from": (OFFICE, OFFICE),
    "reviews:provenance": (OFFICE | {"leader", "stand-in"}, OFFICE | {"other leader"}),  # not sealed yet
    "reviews:download": (OFFICE | {"leader", "stand-in"}, OFFICE | {"other leader"}),  # not sealed yet
    **keyed().narrower,
}

# What an allowed one meets: where nothing is named, a page or the way back to one.
ANSWERS = {
    **{
        (method, name): 409 for method in ("GET", "POST") for name in EDITOR_DOORS
    },  # retired: only a draft can be edited
    ("GET", "reviews:process-step-edit"): 409,  # in force: only a draft can be edited
    ("POST", "reviews:process-step-edit"): 409,
    ("GET", "desk:mine"): 302,
    ("GET", "charter:home"): 302,
    ("GET", "reviews:provenance"): 404,  # what it was made of is not on file in this world
    ("GET", "charter:logo"): 404,  # none is chosen
    ("GET", "charter:edit-communication"): 302,  # sent already: back to its page
    ("GET", "reviews:receipt"): 404,  # nothing is sealed yet
    ("GET", "reviews:request-edit"): 409,  # under way
    ("GET", "reviews:new-print-order"): 409,  # not approved yet
    ("POST", "reviews:new-print-order"): 409,
    ("GET", "reviews:meeting-outcome"): 409,  # not held yet
    ("POST", "reviews:meeting-outcome"): 409,
    ("POST", "reviews:contribution-draft"): 409,  # accepted already: nothing is kept any more
    ("GET", "reviews:request-approver"): 409,  # settled
    ("GET", "reviews:deviate"): 409,  # past the point where content can change
    ("POST", "reviews:deviate"): 409,
    ("POST", "reviews:request-edit"): 409,
    ("POST", "reviews:request-approver"): 409,
    **keyed().answers,
}
BY_LINK = {
    "reviews:write",
    "reviews:write-draft",
    "reviews:write-step",
    "reviews:decide",
    "reviews:decide-file",
    "reviews:decide-step",
    "reviews:touch",
    "reviews:touch-link-draft",
    "reviews:touch-link-answer",
}
# A POST from outside that says nothing: no secret is set and nobody is heard; no version was read; no name is given.
WITHOUT_WORDS = {"reviews:print-events": 404, "reviews:printer-step": 409, "reviews:delivered-have": 400}
WRITTEN = {200, 302, 400, 409}  # taken, or refused in a sentence to somebody who may


def expect(method: str, name: str, identity: str, side: str, access: object, methods: tuple[str, ...]) -> set[int]:
    """The answers that are right, by whose record it is: “own” Rita's, “other” Otto's, “none” nobody's."""
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
    if name in WITHOUT_WORDS and (side == "own" or name == "reviews:print-events"):
        return {WITHOUT_WORDS[name]}
    if side == "own" and (method, name) in keyed().public:
        return keyed().public[method, name]
    if name in BY_LINK and side == "own" and identity not in OUTSIDE:
        return {403}
    if name == "reviews:say" and method == "POST" and side == "own":
        return {400}  # nothing is answered yet
    if name in ("reviews:write-draft", "reviews:touch-link-draft") and method == "POST" and side == "own":
        return {409}  # answered already: nothing is kept any more
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
