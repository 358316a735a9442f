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
from db.registers.upper import (
    AGENCIES,
    APPRAISALS,
    COMMUNES,
    GUIDANCE,
    REQUESTS,
    UPPER_INSPECTIONS,
    UPPER_MEMBERS,
    UPPER_OFFICES,
    VERDICTS,
)
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

OF_REPORTS = (
    PLAN,
    REPORTS,
    REPORT_DUTIES,
    DOSSIER,
    REQUESTS,
    UPPER_INSPECTIONS,
    VERDICTS,
)
"""The registers of the work area Báo cáo."""

OF_UPPER_WORK = (OBSTACLES, REQUESTS, UPPER_INSPECTIONS, VERDICTS, TASKS, DIRECTIVES, INSPECTIONS)
"""The registers of a commune in the order in which its upper level works on them."""

OF_UPPER_REPORTS = (APPRAISALS, PLAN, REPORTS, DOSSIER, COMMUNES)
"""The registers of Báo cáo at the upper level."""

OF_AGENCIES = (AGENCIES, UPPER_MEMBERS, GUIDANCE, UPPER_OFFICES)
"""What the upper level publishes to all of its communes."""

ALL = (*OF_WORK, *OF_CAPITAL, *OF_REPORTS, APPRAISALS, *OF_AGENCIES)

__all__ = [
    "ALL",
    "OF_AGENCIES",
    "OF_CAPITAL",
    "OF_REPORTS",
    "OF_UPPER_REPORTS",
    "OF_UPPER_WORK",
    "OF_WORK",
    "Register",
]
