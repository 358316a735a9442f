"""Whose a field is, and as whom a store writes: a commune or its upper level."""

from enum import StrEnum


class Owner(StrEnum):
    """Who may write and settle a field: the commune itself or its upper level."""

    COMMUNE = "commune"
    UPPER = "upper"
