"""Practice data: fictional, marked as practice, with weeks of made-up work in it."""

from db.practice.commune import prepare
from db.practice.district import prepare_district

__all__ = ["prepare", "prepare_district"]
