"""Hostile archives, by family; importing this enters all of them."""

from tests._helpers.hostile import archives, bags, ends, names, parts, segments
from tests._helpers.hostile.family import FAMILIES, Family

__all__ = ["FAMILIES", "Family", "archives", "bags", "ends", "names", "parts", "segments"]
