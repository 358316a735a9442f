"""Words about machines: roles, trust, fingerprints."""

from __future__ import annotations

_ROLES = {"commune": "máy của xã", "upper": "cấp trên"}
_TRUST = {"": "chưa ai ở đây xác nhận", "trusted": "đã tin cậy", "revoked": "đã thôi tin cậy"}
MARKS = {"": "□", "trusted": "√", "revoked": "×"}
DISOWNED_MARK = "■"
"""Of a machine about which a person here is to decide anew: another one revoked it."""


def role_words(role: str) -> str:
    """What a machine is to the commune."""
    return _ROLES.get(role, role)


def trust_words(trust: str) -> str:
    """What a person here decided about a machine."""
    return _TRUST.get(trust, trust)


def groups_of(device: str) -> list[str]:
    """A machine's fingerprint in groups of four, as it is read over the phone."""
    return [device[place : place + 4] for place in range(0, len(device), 4)]


def fingerprint_lines(device: str) -> str:
    """The fingerprint on two lines, easy to follow with a finger."""
    groups = groups_of(device)
    half = (len(groups) + 1) // 2
    return "\n".join("   ".join(["  ", *part]) for part in (groups[:half], groups[half:]))
