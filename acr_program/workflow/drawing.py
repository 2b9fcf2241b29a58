"""A machine as a picture: states in a column, in the order of a life; each step a numbered way between them.

A step to the next state is a short arrow; one that leaps ahead runs in a lane at the right, one that leads back in a
lane at the left. Numbers are the rows of the table beside the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .machine import Machine
from .steps import Step

WIDE, HIGH, PITCH, LANE, TOP, MARGIN, TIP = 200, 34, 64, 24, 4, 14, 5
LEAST = 480


@dataclass(frozen=True)
class Node:
    """A state: where it is drawn, what it is called, how many stand there."""

    state: str
    label: str
    tone: str
    count: int
    x: float
    y: float

    @property
    def middle(self) -> float:
        return self.y + HIGH / 2

    @property
    def text_y(self) -> float:
        return self.middle + 4.5

    @property
    def end(self) -> float:
        return self.x + WIDE - 12

    @property
    def start(self) -> float:
        return self.x + 12


@dataclass(frozen=True)
class Way:
    """One arrow or lane: its path, its tip, and the numbers that stand on it."""

    path: str
    tip: str
    numbers: str
    x: float
    y: float
    kind: str

    @property
    def text_y(self) -> float:
        return self.y + 4

    @property
    def wide(self) -> float:
        return max(18, 8 + 7 * len(self.numbers))

    @property
    def left(self) -> float:
        return self.x - self.wide / 2


@dataclass
class Lane:
    """A step's way on one side: from these rows to that one."""

    number: int
    sources: list[int]
    target: int
    kind: str
    place: int = 0

    @property
    def span(self) -> tuple[int, int]:
        rows = [*self.sources, self.target]
        return min(rows), max(rows)


@dataclass(frozen=True)
class Picture:
    nodes: list[Node]
    ways: list[Way]
    width: float
    height: float
    node_width: int = WIDE
    node_height: int = HIGH


@dataclass
class Sorted:
    """The steps of a machine by how they are drawn."""

    straight: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    left: list[Lane] = field(default_factory=list)
    right: list[Lane] = field(default_factory=list)


def draw(model: type[Machine], counts: dict[str, int]) -> Picture:
    """The picture of one machine, with how many of it stand in each state."""
    states = list(model._meta.get_field("status").flatchoices)  # type: ignore[misc]
    rows = {str(state): row for row, (state, _label) in enumerate(states)}
    ways = sort_out(list(model.declared_steps().values()), rows)
    deep_left, deep_right = pack(ways.left), pack(ways.right)
    needed = MARGIN * 2 + LANE * (deep_left + deep_right) + WIDE
    x = MARGIN + LANE * deep_left + max(0, LEAST - needed) / 2
    nodes = [
        Node(str(state), str(label), model.tone_of(str(state)), counts.get(str(state), 0), x, TOP + row * PITCH)
        for row, (state, label) in enumerate(states)
    ]
    drawn = [arrow(nodes[row], numbers) for row, numbers in sorted(ways.straight.items())]
    for lanes, side in ((ways.left, -1), (ways.right, 1)):
        offsets = spread(lanes)
        drawn += [lane_way(lane, nodes, side, offsets) for lane in lanes]
    return Picture(nodes, drawn, max(needed, LEAST), TOP * 2 + PITCH * (len(nodes) - 1) + HIGH)


def sort_out(steps: list[Step], rows: dict[str, int]) -> Sorted:
    """Which steps lead straight on, which leap ahead, which lead back."""
    found = Sorted()
    for number, step in enumerate(steps, 1):
        target = rows[step.target]
        sources = sorted(rows[source] for source in step.sources)
        if target - 1 in sources:
            found.straight.setdefault(target - 1, []).append((number, step.kind))
        ahead = [row for row in sources if row < target - 1]
        back = [row for row in sources if row >= target]
        if ahead:
            found.right.append(Lane(number, ahead, target, step.kind))
        if back:
            found.left.append(Lane(number, back, target, step.kind))
    return found


def pack(lanes: list[Lane]) -> int:
    """Give each lane the innermost place that is free over its whole length; how many places that took."""
    taken: list[list[tuple[int, int]]] = []
    for lane in sorted(lanes, key=lambda lane: (lane.span[1] - lane.span[0], lane.span)):
        first, last = lane.span
        place = 0
        while place < len(taken) and any(first <= end and begin <= last for begin, end in taken[place]):
            place += 1
        if place == len(taken):
            taken.append([])
        taken[place].append((first, last))
        lane.place = place
    return len(taken)


def spread(lanes: list[Lane]) -> dict[tuple[int, int, bool], float]:
    """How far from a node's middle each end stands, so that no two ends lie on one another."""
    ends: dict[int, list[tuple[int, bool]]] = {}
    for lane in sorted(lanes, key=lambda lane: lane.place):
        for row in lane.sources:
            ends.setdefault(row, []).append((lane.number, False))
        ends.setdefault(lane.target, []).append((lane.number, True))
    found = {}
    for row, known in ends.items():
        gap = min(9.0, (HIGH - 12) / max(1, len(known) - 1)) if len(known) > 1 else 0
        for place, (number, arrives) in enumerate(known):
            found[row, number, arrives] = (place - (len(known) - 1) / 2) * gap
    return found


def arrow(node: Node, numbers: list[tuple[int, str]]) -> Way:
    """Straight down to the next state."""
    x, start, end = node.x + WIDE / 2, node.y + HIGH, node.y + PITCH
    tip = f"M{x:.1f} {end:.1f}l-{TIP} -{TIP + 2}h{TIP * 2}z"
    kinds = {kind for _number, kind in numbers}
    words = ", ".join(str(number) for number, _kind in numbers)
    return Way(
        f"M{x:.1f} {start:.1f}V{end - TIP:.1f}",
        tip,
        words,
        x,
        (start + end) / 2 - 2,
        kinds.pop() if len(kinds) == 1 else "",
    )


def lane_way(lane: Lane, nodes: list[Node], side: int, offsets: dict[tuple[int, int, bool], float]) -> Way:
    """From each source into the lane, along it, and into the target."""
    edge = nodes[0].x + (WIDE if side > 0 else 0)
    x = edge + side * (MARGIN + LANE * lane.place + LANE / 4)
    into = nodes[lane.target].middle + offsets[lane.target, lane.number, True]
    starts = [nodes[row].middle + offsets[row, lane.number, False] for row in lane.sources]
    stubs = "".join(f"M{edge:.1f} {y:.1f}H{x:.1f}V{into:.1f}" for y in starts)
    path = f"{stubs}H{edge + side * TIP:.1f}"
    tip = f"M{edge:.1f} {into:.1f}l{side * (TIP + 2)} -{TIP}v{TIP * 2}z"
    farthest = max(starts, key=lambda y: abs(y - into))
    return Way(path, tip, str(lane.number), x, (farthest + into) / 2, lane.kind)
