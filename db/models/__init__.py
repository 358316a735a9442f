"""SQLModel tables, a file per subject."""

from db.models.base import SHARED, Owner, Replicated, entities
from db.models.checklist import Assessment, ThresholdConfirmation
from db.models.commune import Commune, Officer, Village
from db.models.evidence import Evidence
from db.models.journal import Action, Change, Draft, Segment
from db.models.local import HeldReceipt, KnownDevice, Meta, Transfer
from db.models.trust import DeviceTrust

__all__ = [
    "SHARED",
    "Action",
    "Assessment",
    "Change",
    "Commune",
    "DeviceTrust",
    "Draft",
    "Evidence",
    "HeldReceipt",
    "KnownDevice",
    "Meta",
    "Officer",
    "Owner",
    "Replicated",
    "Segment",
    "ThresholdConfirmation",
    "Transfer",
    "Village",
    "entities",
]
