"""Columns: the answer table applied to millions of tickets at once, in arrays, frames, files and clusters.

Needs numpy; nothing below knows this room.
"""

from support_sla.bulk.cell_table import Cells, cell_table
from support_sla.bulk.columns.codes import Codes
from support_sla.bulk.deadlines import deadlines
from support_sla.bulk.mapper import Mapper
from support_sla.bulk.tables.named import Col

__all__ = ["Cells", "Codes", "Col", "Mapper", "cell_table", "deadlines"]
