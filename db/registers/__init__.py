"""Registers: lists of rows that are filled in, checked and put in order by what models declare.

`register` says what a register is, a file per subject declares them, `reading` and `writing` are
the use cases of all of them.
"""

from db.registers.briefings import BRIEFINGS
from db.registers.capital import CONTRIBUTIONS, DISBURSEMENTS, FUND_LINES, UNIT_PRICES, WORKS
from db.registers.dossier import DOSSIER
from db.registers.movements import CAMPAIGNS, SHOWCASES
from db.registers.people import MEMBERS, RESPONSIBILITIES, VILLAGES
from db.registers.plan import PLAN
from db.registers.register import Register
from db.registers.reports import REPORT_DUTIES, REPORTS
from db.registers.work import DIRECTIVES, INSPECTIONS, OBSTACLES, TASKS

OF_WORK = (
    TASKS,
    OBSTACLES,
    BRIEFINGS,
    INSPECTIONS,
    DIRECTIVES,
    SHOWCASES,
    CAMPAIGNS,
    MEMBERS,
    RESPONSIBILITIES,
    VILLAGES,
)
"""The registers of the work area Sổ việc, in their order."""

OF_CAPITAL = (WORKS, FUND_LINES, DISBURSEMENTS, CONTRIBUTIONS, UNIT_PRICES)
"""The registers of the work area Vốn."""

OF_REPORTS = (PLAN, REPORTS, REPORT_DUTIES, DOSSIER)
"""The registers of the work area Báo cáo."""

ALL = (*OF_WORK, *OF_CAPITAL, *OF_REPORTS)

__all__ = ["ALL", "OF_CAPITAL", "OF_REPORTS", "OF_WORK", "Register"]
