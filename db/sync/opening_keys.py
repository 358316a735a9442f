"""A device's age key, which opens what was encrypted to it, and its public half, the recipient.

The pyrage package is imported when it is needed; the first screen does not wait for it.
"""

import re
from typing import TYPE_CHECKING

from db.sync.keys import KeyProblem

if TYPE_CHECKING:
    from pyrage import x25519

RECIPIENT = re.compile("age1[02-9ac-hj-np-z]{58}")


class OpeningKey:
    """The private age key of one device. Never shown: not in a repr, a log or a crash report."""

    def __init__(self, private: "x25519.Identity") -> None:
        self._private = private
        self.recipient: str = str(private.to_public())

    @classmethod
    def generate(cls) -> "OpeningKey":
        """A new key from the system's randomness."""
        from pyrage import x25519

        return cls(x25519.Identity.generate())

    @classmethod
    def from_text(cls, text: str) -> "OpeningKey":
        """The key kept as `secret_text` wrote it.

        Raises:
            KeyProblem: The text is no such key.
        """
        from pyrage import IdentityError, x25519

        try:
            return cls(x25519.Identity.from_str(text))
        except IdentityError:
            raise KeyProblem("not an age key") from None

    def secret_text(self) -> str:
        """The key as text, for the files that keep keys and nothing else."""
        return str(self._private)

    @property
    def private(self) -> "x25519.Identity":
        """The key as the age library takes it."""
        return self._private

    def __repr__(self) -> str:
        return f"<OpeningKey {self.recipient}>"


def is_recipient(text: str) -> bool:
    """Whether one can encrypt to this; a mistyped or altered recipient is none."""
    from pyrage import RecipientError, x25519

    try:
        x25519.Recipient.from_str(text)
    except RecipientError:
        return False
    return True
