"""Signs that are the same whatever the code of the letters around them."""

NEUTRAL = frozenset("\u00a0–—‘’“”…•²³≥≤")
