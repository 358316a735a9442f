"""A reader written from docs/bundle-format.md alone sees what the program sees."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import verdicts
from db.desk import Desk
from db.home import Home
from db.journal.heads import EXISTS
from db.judging import Status
from db.models import SHARED, Agency
from db.sync import layout, receipts
from db.sync.archive import Payload, write_bundle
from db.sync.joining import join
from db.sync.planning import parse_receiver
from db.sync.receipts import Receipt
from db.sync.receiving import receive
from ntm_tui.papers.bundle import send_bundle
from tests._helpers import other_reader
from tests._helpers.bundles import info
from tests._helpers.histories import SCOPE, Pen, as_pen_of, expected_dump
from tests._helpers.hostile import FAMILIES, Family
from tests._helpers.hostile.world import segment_files
from tests._helpers.practice import copied
from tests._helpers.stores import (
    district_of,
    dump_of,
    found,
    friends,
    page,
    pass_on,
    send,
    set_note,
    set_status,
)

FIXTURES = Path(__file__).parents[2] / "fixtures" / "bundles"


def read(path: Path) -> other_reader.Bundle:
    return other_reader.read(path.read_bytes())


def sound(path: Path) -> other_reader.Bundle:
    bundle = read(path)
    assert bundle.flaws == []
    return bundle


def test_it_needs_nothing_but_pythons_own_library() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); import other_reader;"
        "assert not {'db', 'ntm_tui', 'cryptography', 'tests'} & {*sys.modules};"
        "print(other_reader.read(open(sys.argv[2], 'rb').read()).code)"
    )
    helpers = str(Path(other_reader.__file__).parents[1])
    command = [sys.executable, "-I", "-S", "-c", code, helpers, str(FIXTURES / "ntm-1.zip")]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "FN0FX3"


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.zip")), ids=lambda path: path.stem)
def test_it_reads_the_kept_bundles_as_they_were(path: Path) -> None:
    expected = path.with_suffix(".dump.json").read_text(encoding="utf-8")
    assert f"{other_reader.state([sound(path)])}\n" == expected


def test_it_reads_the_practice_communes_bundle(tmp_path: Path, made_commune: Home) -> None:
    home = copied(made_commune, made_commune.path.parent / "config", Home(tmp_path / "practice"))
    with Desk.open(home) as desk:
        written = send(desk, tmp_path / "usb", full=True)
        bundle = sound(written.path)
        assert other_reader.state([bundle]) == dump_of(desk)
    assert bundle.code == written.code
    assert bundle.receipt is not None
    assert {*bundle.receipt["evidence"]} == {name[14:78] for name in bundle.evidence}
    assert len(bundle.evidence) == written.info.counts.evidence > 0


def test_it_reads_a_bundle_with_a_workbook_and_takes_nothing_from_it(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one:
        set_note(one, "1.1", "đã nghiệm thu")
        path = send_bundle(one, parse_receiver("all"), tmp_path / "usb").path
        bundle = sound(path)
        assert other_reader.state([bundle]) == dump_of(one)
    with zipfile.ZipFile(path) as archive:
        names = [name.split("/", 1)[1] for name in archive.namelist()]
    assert "ket-qua.xlsx" in names and not bundle.evidence


def test_it_puts_together_what_two_laptops_send(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(one, "1.1", "của máy một")
        set_note(two, "1.1", "của máy hai")
        set_status(two, "2.1", Status.NOT_MET)
        paths = [send(desk, tmp_path / "usb", full=True).path for desk in (one, two)]
        for path in paths:
            receive(one, path)
            receive(two, path)
        bundles = [sound(path) for path in paths]
        assert other_reader.state(bundles) == dump_of(one) == dump_of(two)
        assert other_reader.state(bundles[::-1]) == dump_of(one)
        assert '"note?"' in dump_of(one)
        only_new = sound(send(two, tmp_path / "new", full=False).path)
        assert other_reader.state([only_new, *bundles]) == dump_of(two)


def test_it_reads_what_the_district_sends_and_what_it_may_write(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(district_of(one, tmp_path / "up")) as up:
        set_status(one, "1.1", Status.MET)
        pass_on(one, up, tmp_path / "a")
        with up.act() as session:
            verdicts.set_verdict(session, up.sheet(), "1.1", Status.NOT_MET)
            session.add(Agency(scope=SHARED, id="a1", name="Phòng Nông nghiệp"))
        pass_on(up, one, tmp_path / "b")
        for desk in (one, up):
            bundle = sound(send(desk, tmp_path / "usb", full=True).path)
            assert other_reader.state([bundle]) == dump_of(desk)
            assert [other_reader.counts(bundle, one) for one in bundle.segments] == [
                "" for _ in bundle.segments
            ]
        assert "Phòng Nông nghiệp" in dump_of(one)


ROWS = (("village", "dong-mo"), ("assessment", "xa-ntm-2021-2025|1.1|2024|"), ("pasture", "p1"))
VALUES = (None, True, 1, "x", {"a": 1}, {"a": True}, ["một", "hai"], '\u2028 \x7f “é” \\ " \n')


@st.composite
def histories(draw: st.DrawFn) -> list[Pen]:
    """Laptops of one commune that write, seal and hear of each other; one may be a cloned disk."""
    walls = [draw(st.sampled_from([1_000, 1_700_000_000_000, 1_900_000_000_000])) for _ in range(3)]
    pens = [Pen(seed + 1, lambda wall=wall: wall) for seed, wall in enumerate(walls)]
    pens[0].write("commune", SCOPE, EXISTS, True)
    pens[0].write("commune", SCOPE, "name", "Cai Kinh")
    pens[0].write("commune", SCOPE, "tier", "ntm")
    for _ in range(draw(st.integers(1, 16))):
        pen, (entity, row) = draw(st.sampled_from(pens)), draw(st.sampled_from(ROWS))
        what = draw(st.sampled_from(["create", "edit", "edit", "delete", "seal", "hear", "hear"]))
        if what in ("create", "delete"):
            pen.write(entity, row, EXISTS, what == "create")
        elif what == "edit":
            pen.write(entity, row, draw(st.sampled_from("ab")), draw(st.sampled_from(VALUES)))
        elif what == "seal":
            pen.seal()
        else:
            other = draw(st.sampled_from(pens))
            other.seal()
            pen.hear(other.sealed)
    if draw(st.booleans()):
        pens.append(as_pen_of(pens[0], wall=lambda: 1_800_000_000_000))
        for pen in (pens[0], pens[-1]):
            pen.write("village", "dong-mo", "a", draw(st.sampled_from(VALUES)))
    for pen in pens:
        pen.seal()
    return pens


def bundle_of(folder: Path, sender: Pen, pens: list[Pen], number: int) -> Path:
    """A real file with what some machines have sealed, sent by one of them."""
    said = Receipt(sender.key.id, sender.incarnation, number, SCOPE, ())
    payload = {
        **{layout.card_name(pen.key.id): pen.card for pen in [sender, *pens]},
        **segment_files(pens),
        layout.RECEIPT: receipts.make(sender.key, said),
    }
    described = info(sender=sender.key.id, number=number)
    target = folder / f"{described.name}.zip"
    files = [Payload(name, data) for name, data in payload.items()]
    return write_bundle(target, files, sender.key, described, page).path


@settings(
    deadline=None, max_examples=24, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pens=histories())
def test_it_agrees_on_any_history_sent_as_files(tmp_path: Path, pens: list[Pen]) -> None:
    folder = next(path for at in count() if not (path := tmp_path / str(at)).exists())
    folder.mkdir()
    whole = bundle_of(folder, pens[0], pens, 1)
    want = expected_dump(segment for pen in pens for segment in pen.sealed)
    with closing(join(Home(folder / "home"), whole, "Lý Văn Bé")) as desk:
        assert dump_of(desk) == want
        passed_on = send(desk, folder / "usb", full=True).path
    assert other_reader.state([sound(whole)]) == want
    assert other_reader.state([sound(passed_on)]) == want
    apart = [bundle_of(folder, pen, [pen], 2 + at) for at, pen in enumerate(pens)]
    assert other_reader.state([sound(path) for path in apart]) == want


OUTSIDE = {
    "files_that_were_cut_off", "files_with_bytes_behind_the_end", "files_with_a_flipped_bit",
    "comments_that_lie", "files_that_only_begin_like_locked_ones", "files_of_another_kind",
    "files_that_are_locked_for_somebody_else", "files_that_are_locked_by_a_passphrase",
    "names_below_another_folder", "tables_out_of_all_proportion",
    "end_records_of_64_bits_that_lie", "end_records_that_lie",
}  # fmt: skip
"""Families of files that it refuses as well, without telling a person what they may be."""

BY_PEOPLE = {"untrusted", "foreign_bundle"}
"""Reasons that a store has, not a bundle."""

REFUSED = [family for family in FAMILIES if family.codes - BY_PEOPLE]


@pytest.mark.parametrize("family", REFUSED, ids=lambda family: family.name)
def test_it_refuses_what_the_program_refuses(family: Family) -> None:
    for what, data in family.make():
        seen = reasons(data)
        assert seen, what
        assert family.name in OUTSIDE or seen <= family.codes, (what, seen)


def reasons(data: bytes) -> set[str]:
    """Why a bundle, or a part of it, does not count."""
    try:
        bundle = other_reader.read(data)
    except other_reader.Unsound as unsound:
        return {unsound.code}
    first_seen = SOUND_CARDS
    why = {other_reader.counts(bundle, one, first_seen) for one in bundle.segments} - {""}
    return why | {code for code, _ in bundle.flaws}


def _sound_cards() -> dict[str, dict[str, object]]:
    from tests._helpers.hostile.world import sound as sound_bundle

    return other_reader.read(sound_bundle()).cards


SOUND_CARDS = _sound_cards()
