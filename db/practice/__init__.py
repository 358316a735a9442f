"""Practice data: fictional, marked as practice, with weeks of made-up work in it."""

from db.practice.commune import prepare

__all__ = ["prepare"]
