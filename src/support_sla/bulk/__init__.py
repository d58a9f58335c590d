"""Columns: the answer table applied to millions of tickets at once, in arrays, frames, files and clusters.

Needs numpy; nothing below knows this room.
"""

from support_sla.bulk.adding import add
from support_sla.bulk.cell_table import Cells, cell_table
from support_sla.bulk.clocks import between, is_open
from support_sla.bulk.columns.answers import Answers
from support_sla.bulk.columns.codes import Codes
from support_sla.bulk.deadlines import deadlines
from support_sla.bulk.lateness import lateness, overdue
from support_sla.bulk.mapper import Mapper
from support_sla.bulk.tables.files import answer_file
from support_sla.bulk.tables.frames import with_deadlines
from support_sla.bulk.tables.named import Col
from support_sla.bulk.tables.reports import attainment, compare_policies

__all__ = [
    "Answers",
    "Cells",
    "Codes",
    "Col",
    "Mapper",
    "add",
    "answer_file",
    "attainment",
    "between",
    "cell_table",
    "compare_policies",
    "deadlines",
    "is_open",
    "lateness",
    "overdue",
    "with_deadlines",
]
