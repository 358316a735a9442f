"""A device's Ed25519 key, and the fingerprint that is at once its id.

The cryptography package takes long to import, so each function imports it when called.
"""

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from db.problems import Problem
from db.text import shown

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread over the phone."""

ID_LENGTH = 24
DEVICE_ID = re.compile(f"[{ALPHABET}]{{{ID_LENGTH}}}")

_MISREAD = str.maketrans("OIL", "011")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—−_.]+")


class KeyProblem(ValueError):
    """These bytes are no Ed25519 key."""


class FingerprintProblem(Problem):
    """What was typed is no device fingerprint."""

    code = "fingerprint"


class DeviceKey:
    """The private key of one device. Never shown: not in a repr, a log or a crash report."""

    def __init__(self, private: "Ed25519PrivateKey") -> None:
        self._private = private
        self.public: bytes = private.public_key().public_bytes_raw()
        self.id: str = device_id(self.public)

    @classmethod
    def generate(cls) -> "DeviceKey":
        """A new key from the system's randomness."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> "DeviceKey":
        """The key that belongs to 32 given bytes (fixtures that must not change)."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def from_pem(cls, pem: str) -> "DeviceKey":
        """The key kept as `private_pem` wrote it.

        Raises:
            KeyProblem: The text holds no such key.
        """
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            private = load_pem_private_key(pem.encode("utf-8"), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise KeyProblem("not a private key") from None
        if not isinstance(private, Ed25519PrivateKey):
            raise KeyProblem("not an Ed25519 key")
        return cls(private)

    def private_pem(self) -> str:
        """The key as text, for the identity file and nothing else."""
        from cryptography.hazmat.primitives import serialization

        return self._private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode("ascii")

    @property
    def public_pem(self) -> bytes:
        """The public half as PEM, for anyone with openssl."""
        return public_pem(self.public)

    def sign(self, data: bytes) -> bytes:
        """The raw Ed25519 signature of `data`, 64 bytes."""
        return self._private.sign(data)

    def __repr__(self) -> str:
        return f"<DeviceKey {show_fingerprint(self.id)}>"


def verify(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether `signature` over `data` was made by the owner of `public`; never raises."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_pem(public: bytes) -> bytes:
    """A raw public key as PEM."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(public).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def read_public_pem(pem: bytes) -> bytes:
    """The raw 32 bytes of a public key in PEM.

    Raises:
        KeyProblem: The bytes hold no Ed25519 public key.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        public = load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyProblem("not a public key") from None
    if not isinstance(public, Ed25519PublicKey):
        raise KeyProblem("not an Ed25519 key")
    return public.public_bytes_raw()


def crockford(digest: bytes, length: int) -> str:
    """The first `length` base-32 characters of `digest`, five bits each."""
    number, bits = int.from_bytes(digest, "big"), len(digest) * 8
    return "".join(ALPHABET[number >> (bits - 5 * (i + 1)) & 31] for i in range(length))


def device_id(public: bytes) -> str:
    """The id of the device that owns this raw public key: 24 characters, 120 bits."""
    return crockford(hashlib.sha256(public).digest(), ID_LENGTH)


def show_fingerprint(device: str) -> str:
    """A device id in groups of four, to be read over the phone: `7F3K-…`."""
    return "-".join(device[i : i + 4] for i in range(0, len(device), 4))


def read_fingerprint(text: str) -> str:
    """The device id that a person typed or pasted, however they grouped it.

    Raises:
        FingerprintProblem: With a Vietnamese message that says what was expected.
    """
    plain = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_MISREAD)
    wrong = sorted({character for character in plain if character not in ALPHABET})
    if wrong:
        sign = f"“{shown(wrong[0])}”" if shown(wrong[0]) else "lạ như vậy"
        raise FingerprintProblem(
            f"Mã máy không có ký tự {sign}. Mã gồm {ID_LENGTH} chữ số và chữ cái không dấu; "
            "xin xem lại trên máy kia và nhập lại."
        )
    if len(plain) != ID_LENGTH:
        raise FingerprintProblem(
            f"Mã máy phải có {ID_LENGTH} ký tự, ở đây có {len(plain)}. "
            "Xin xem lại trên máy kia và nhập lại."
        )
    return plain
