from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.sync import layout
from db.sync.layout import Kind
from db.sync.segments import hash_of, parse_header
from tests._helpers.bundles import KEY, SCOPE, segment

SEGMENT = segment(6, 9, previous="c" * 64)
NAME = layout.segment_name(parse_header(SEGMENT), hash_of(SEGMENT))


def test_a_bundle_is_named_after_commune_device_day_and_number() -> None:
    day = date(2024, 7, 5)
    assert layout.bundle_name(SCOPE, KEY.id, day, 3) == "NTM_cai-kinh_4JN2MNC9_20240705_3.zip"
    assert layout.TOP.fullmatch(layout.top_folder("shared", KEY.id, day, 1))


def test_every_name_that_is_made_is_recognised() -> None:
    card = layout.member_of(layout.card_name(KEY.id))
    assert card is not None
    assert (card.kind, card.parts["device"]) == (Kind.CARD, KEY.id)
    found = layout.member_of(NAME)
    assert found is not None
    assert (found.kind, found.changes) == (Kind.SEGMENT, 4)
    signature = layout.member_of(layout.signature_name(NAME))
    assert signature is not None
    assert signature.kind is Kind.SIGNATURE
    for name in layout.REQUIRED:
        assert layout.member_of(name) is not None


@pytest.mark.parametrize(
    ("extension", "kept"),
    [("pdf", "pdf"), (".JPG", "jpg"), ("exe", "bin"), ("html", "bin"), ("svg", "bin"), ("", "bin")],
)
def test_evidence_keeps_harmless_endings_only(extension: str, kept: str) -> None:
    name = layout.evidence_name("a" * 64, extension)
    assert name.endswith(f".{kept}")
    member = layout.member_of(name)
    assert member is not None
    assert member.kind is Kind.EVIDENCE


@pytest.mark.parametrize(
    "name",
    [
        "fetch.txt",
        "data/evidence/x.pdf",
        "data/evidence/" + "a" * 64 + ".exe",
        "data/../bagit.txt",
        "data/segments/",
        "Bagit.txt",
        NAME + "\n",
        NAME.replace("-6-", "-06-"),
        NAME.replace("-6-9-", "-0-9-"),
        "manifest-md5.txt",
    ],
)
def test_other_names_are_not(name: str) -> None:
    assert layout.member_of(name) is None


@given(st.text())
def test_any_commune_and_extension_give_a_name_of_the_format(text: str) -> None:
    assert layout.TOP.fullmatch(layout.top_folder(text, KEY.id, date(2024, 7, 5), 1))
    assert layout.member_of(layout.evidence_name("a" * 64, text)) is not None
