"""SQLModel tables, a file per subject."""

from db.models.base import SHARED, Replicated, entities
from db.models.capital import Contribution, Disbursement, FundLine, UnitPrice, Work
from db.models.checklist import Assessment, IndicatorSetting, ThresholdConfirmation
from db.models.commune import Commune, Officer, Village
from db.models.evidence import Evidence
from db.models.journal import Action, Change, Draft, Segment
from db.models.local import HeldReceipt, KnownDevice, Meta, Transfer
from db.models.meetings import Briefing, Directive, Inspection
from db.models.movements import CampaignActivity, Showcase
from db.models.people import Member, Responsibility
from db.models.plan import CriterionPlan, DossierStep, ReportDuty, SentReport
from db.models.trust import DeviceTrust
from db.models.upper import (
    Agency,
    Appraisal,
    Guidance,
    PublishedSet,
    UpperInspection,
    UpperMember,
    UpperOffice,
    UpperRequest,
    UpperTrust,
    Verdict,
)
from db.models.work import Obstacle, Task

__all__ = [
    "SHARED",
    "Action",
    "Agency",
    "Appraisal",
    "Assessment",
    "Briefing",
    "CampaignActivity",
    "Change",
    "Commune",
    "Contribution",
    "CriterionPlan",
    "DeviceTrust",
    "Directive",
    "Disbursement",
    "DossierStep",
    "Draft",
    "Evidence",
    "FundLine",
    "Guidance",
    "HeldReceipt",
    "IndicatorSetting",
    "Inspection",
    "KnownDevice",
    "Member",
    "Meta",
    "Obstacle",
    "Officer",
    "PublishedSet",
    "Replicated",
    "ReportDuty",
    "Responsibility",
    "Segment",
    "SentReport",
    "Showcase",
    "Task",
    "ThresholdConfirmation",
    "Transfer",
    "UnitPrice",
    "UpperInspection",
    "UpperMember",
    "UpperOffice",
    "UpperRequest",
    "UpperTrust",
    "Verdict",
    "Village",
    "Work",
    "entities",
]
