"""Pictures drawn on the server: geometry here, SVG in templates/ui/charts/, colours by class for page and paper alike.

Bars, Funnel, Stack, Lines, Radar, Grid: each takes figures and one sentence that says the finding, and has its table.
"""

from acr_program.ui.charts.bars import Bar, Bars
from acr_program.ui.charts.funnel import Funnel
from acr_program.ui.charts.grid import Grid, Square
from acr_program.ui.charts.lines import Line, Lines
from acr_program.ui.charts.paper import Chart, Key
from acr_program.ui.charts.radar import Radar
from acr_program.ui.charts.stack import Part, Stack

__all__ = ["Bar", "Bars", "Chart", "Funnel", "Grid", "Key", "Line", "Lines", "Part", "Radar", "Square", "Stack"]
