"""The bag in a container: every file is listed, every hash fits, the sender signed it all."""

import hashlib

from db.sync import bag, layout
from db.sync.container import Container
from db.sync.keys import KeyProblem, read_public_pem, verify
from db.sync.problems import Code, problem
from db.sync.watch import Watch

_CHUNK = 1 << 20


def check_bag(container: Container, watch: Watch) -> tuple[bytes, dict[str, str]]:
    """Check form, signature and hashes, in this order; the signature before what it vouches for.

    Returns:
        The raw public key that signed the bag, and the SHA-256 of each file of the payload.

    Raises:
        BundleProblem: The first thing that is wrong.
    """
    watch.expect(sum(map(container.size, container.names)))
    if container.read(layout.BAGIT) != bag.DECLARATION:
        raise problem(Code.BAG_FORM, layout.BAGIT)
    public = _check_signature(container)
    tags = bag.read_manifest(container.read(layout.TAG_MANIFEST))
    if tags.keys() != layout.signed_tags(container.names):
        raise problem(Code.BAG_FORM, layout.TAG_MANIFEST)
    _check_hashes(container, tags, watch)
    payload = bag.read_manifest(container.read(layout.MANIFEST))
    if payload.keys() != {name for name in container.names if name.startswith("data/")}:
        raise problem(Code.NOT_LISTED, layout.MANIFEST)
    _check_hashes(container, payload, watch)
    stated = bag.read_oxum(container.read(layout.BAG_INFO))
    if stated != (sum(map(container.size, payload)), len(payload)):
        raise problem(Code.BAG_FORM, layout.BAG_INFO)
    return public, payload


def _check_signature(container: Container) -> bytes:
    try:
        public = read_public_pem(container.read(layout.DEVICE_KEY))
    except KeyProblem:
        raise problem(Code.SENDER_KEY, layout.DEVICE_KEY) from None
    signature = container.read(layout.BAG_SIGNATURE)
    if not verify(public, signature, container.read(layout.TAG_MANIFEST)):
        raise problem(Code.BAG_SIGNATURE, layout.BAG_SIGNATURE)
    return public


def _check_hashes(container: Container, hashes: dict[str, str], watch: Watch) -> None:
    for name, wanted in hashes.items():
        digest = hashlib.sha256()
        with container.open(name) as source:
            while piece := source.read(_CHUNK):
                digest.update(piece)
                watch.step(len(piece))
        if digest.hexdigest() != wanted:
            raise problem(Code.HASH_MISMATCH, name)
