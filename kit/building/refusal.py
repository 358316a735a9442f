"""Why a kit was not made, in plain words for the IT officer."""


class CannotBuild(Exception):
    """Says what is in the way and what to do; no kit was written."""
