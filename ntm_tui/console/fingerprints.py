"""Fingerprints of machines as people type them on the command line."""

from ntm_tui.console.outcome import WrongUsage


def read_device(typed: str) -> str:
    """Give the id of the device whose fingerprint was typed.

    Raises:
        WrongUsage: it is no fingerprint; what was expected is said.
    """
    from db.sync.keys import FingerprintProblem, read_fingerprint

    try:
        return read_fingerprint(typed)
    except FingerprintProblem as problem:
        raise WrongUsage(f"{problem} Chưa có gì thay đổi.") from problem
