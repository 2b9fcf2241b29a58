"""The parts of a plan, one file each: its kinds of rows, its demands, its panels. A new file is named here."""

from . import every, direction, value, relation, blueprint, actions, resources, communication, daily, monitoring  # noqa: F401, I001 (in the order of the plan)
