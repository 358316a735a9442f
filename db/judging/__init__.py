"""Figures to statuses, statuses to criteria, criteria to the commune's standing and its risks."""

from db.judging.figures import Figure, FigureProblem, Part, Quantity, check_figure, parts_of
from db.judging.judgement import Judgement, judge
from db.judging.shortfalls import Shortfall
from db.judging.standing import CriterionStanding, Standing, standing
from db.judging.statuses import AS_GOOD_AS_MET, Assessment, Status, status_problem
from db.judging.suggesting import Suggestion, suggest
from db.judging.villages import VillageResult, roll_up, uncounted
from db.judging.withdrawal import Risk, Tip, Withdrawal, withdrawal

__all__ = [
    "AS_GOOD_AS_MET",
    "Assessment",
    "CriterionStanding",
    "Figure",
    "FigureProblem",
    "Judgement",
    "Part",
    "Quantity",
    "Risk",
    "Shortfall",
    "Standing",
    "Status",
    "Suggestion",
    "Tip",
    "VillageResult",
    "Withdrawal",
    "check_figure",
    "judge",
    "parts_of",
    "roll_up",
    "standing",
    "status_problem",
    "suggest",
    "uncounted",
    "withdrawal",
]
