"""Who comes to the office in which every path is tried, by name."""

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

WRITERS = {"admin", "manager", "auditor", "leader", "other leader", "contributor", "other contributor"}
