"""The one list of what a bundle may contain, and under which names."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.sync.records import SegmentHeader
from db.text import slug

FORMAT = 1
"""The number of the container's form. `DESCRIPTION` keeps its place in every later form."""

SUFFIX = ".zip"
ENCRYPTED_SUFFIX = ".zip.age"
SUFFIXES = (SUFFIX, ENCRYPTED_SUFFIX)
BAGIT = "bagit.txt"
BAG_INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
BAG_SIGNATURE = "tagmanifest-sha256.txt.sig"
DEVICE_KEY = "device.pem"
PAGE = "index.html"
RESULTS = "ket-qua.xlsx"
DESCRIPTION = "data/bundle.json"
RECEIPT = "data/receipt.json"

SIGNED_TAGS = (BAGIT, BAG_INFO, MANIFEST, DEVICE_KEY, PAGE)
"""The files beside the payload that the tag manifest always lists."""

OPTIONAL_TAGS = (RESULTS,)
"""Those that it lists where they are there; no reader of the program takes anything from them."""

REQUIRED = (*SIGNED_TAGS, TAG_MANIFEST, BAG_SIGNATURE, DESCRIPTION)

TOP = re.compile(r"NTM_[a-z0-9][a-z0-9-]{0,59}_[0-9A-Z]{8}_[0-9]{8}_[1-9][0-9]{0,5}")

_PACKED = frozenset(
    {"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp"}
    | {"jpg", "jpeg", "png", "gif", "webp", "heic"}
)
HARMLESS = _PACKED | {"doc", "xls", "ppt", "rtf", "txt", "csv", "bmp", "tif", "tiff"}
"""Endings that evidence keeps: documents and pictures, nothing that a double click runs."""

_UNKNOWN_ENDING = "bin"


class Kind(StrEnum):
    """What a file in a bundle is."""

    TAG = "tag"
    DESCRIPTION = "description"
    CARD = "card"
    SEGMENT = "segment"
    SIGNATURE = "signature"
    EVIDENCE = "evidence"
    RECEIPT = "receipt"


@dataclass(frozen=True)
class Member:
    """One file of a bundle, by its name below the top folder; `parts` is what the name says."""

    kind: Kind
    name: str
    parts: dict[str, str]

    @property
    def changes(self) -> int:
        """How many changes a segment holds, by its name."""
        return int(self.parts["last"]) - int(self.parts["first"]) + 1


_DEVICE = "(?P<device>[0-9A-HJKMNP-TV-Z]{24})"
_NUMBER = "[1-9][0-9]{0,11}"
_SEGMENT = (
    rf"data/segments/{_DEVICE}-(?P<incarnation>[0-9]{{4}}[0-9a-f]{{8}})-(?P<scope8>[0-9a-f]{{8}})"
    rf"-(?P<first>{_NUMBER})-(?P<last>{_NUMBER})-(?P<hash16>[0-9a-f]{{16}})\.jsonl"
)
_TAGS = "|".join(map(re.escape, (*SIGNED_TAGS, *OPTIONAL_TAGS, TAG_MANIFEST, BAG_SIGNATURE)))
_ENDINGS = "|".join(sorted(HARMLESS | {_UNKNOWN_ENDING}))

_FORMS = {
    Kind.TAG: re.compile(_TAGS),
    Kind.DESCRIPTION: re.compile(re.escape(DESCRIPTION)),
    Kind.RECEIPT: re.compile(re.escape(RECEIPT)),
    Kind.CARD: re.compile(rf"data/cards/{_DEVICE}\.json"),
    Kind.SEGMENT: re.compile(_SEGMENT),
    Kind.SIGNATURE: re.compile(_SEGMENT + r"\.sig"),
    Kind.EVIDENCE: re.compile(
        rf"data/evidence/(?P<sha256>[0-9a-f]{{64}})\.(?P<extension>{_ENDINGS})"
    ),
}


def member_of(name: str) -> Member | None:
    """What a name below the top folder stands for, or None where the format has no such name."""
    for kind, form in _FORMS.items():
        if match := form.fullmatch(name):
            return Member(kind, name, match.groupdict())
    return None


def signed_tags(names: Collection[str]) -> frozenset[str]:
    """Give what the tag manifest of a bundle with these files lists."""
    return frozenset({*SIGNED_TAGS, *(name for name in OPTIONAL_TAGS if name in names)})


def top_folder(commune: str, device: str, day: date, number: int) -> str:
    """The one folder in a bundle, which is also the bundle's name.

    Args:
        commune: The commune's code; its last part is used.
        device: Id of the sending device.
        day: Of writing, as the sender's calendar shows it.
        number: Counts the bundles of one day.
    """
    place = slug(commune.rsplit("/", 1)[-1])[:60].strip("-") or "xa"
    return f"NTM_{place}_{device[:8]}_{day:%Y%m%d}_{number}"


def bundle_name(commune: str, device: str, day: date, number: int) -> str:
    """The file name of a bundle that is not encrypted."""
    return f"{top_folder(commune, device, day, number)}{SUFFIX}"


def card_name(device: str) -> str:
    """Where the card of a device lies."""
    return f"data/cards/{device}.json"


def segment_name(header: SegmentHeader, whole_hash: str) -> str:
    """Where a segment lies, by its header and the SHA-256 of its bytes."""
    return (
        f"data/segments/{header.device}-{header.incarnation}-{scope8(header.scope)}"
        f"-{header.first}-{header.last}-{whole_hash[:16]}.jsonl"
    )


def signature_name(segment: str) -> str:
    """Where the signature of a segment lies, by the segment's name."""
    return f"{segment}.sig"


def evidence_name(sha256: str, extension: str) -> str:
    """Where an evidence file lies; endings that are not known to be harmless become `bin`."""
    ending = extension.lower().lstrip(".")
    return f"data/evidence/{sha256}.{ending if ending in HARMLESS else _UNKNOWN_ENDING}"


def scope8(scope: str) -> str:
    """A scope in a file name: the start of its SHA-256."""
    return hashlib.sha256(scope.encode("utf-8")).hexdigest()[:8]


def is_evidence(name: str) -> bool:
    """Whether a file of the bundle is evidence."""
    return name.startswith("data/evidence/")
