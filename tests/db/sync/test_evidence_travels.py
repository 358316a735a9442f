"""Evidence files between laptops: lost or spoilt ones come again, a revoked sender's do not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from db import evidence, files
from db.desk import Desk
from db.evidence import EvidenceForm, EvidenceRecord, path_in
from db.problems import DiskFailed
from db.sync.deciding import revoke_device, trust_device
from db.sync.problems import Code
from db.sync.receiving import receive
from tests._helpers.stores import (
    count,
    device,
    found,
    friends,
    pass_on,
    second,
    send,
    set_note,
)

PAPER = b"%PDF-1.4 bien ban hop thon " + bytes(range(256)) * 20


@contextmanager
def two_laptops(path: Path) -> Iterator[tuple[Desk, Desk]]:
    one, two = friends(path)
    with closing(one), closing(two):
        yield one, two


def attach(desk: Desk, folder: Path, content: bytes = PAPER) -> str:
    """Attach a paper to indicator 1.1; gives the name of its file."""
    document = folder / "Biên bản.pdf"
    document.write_bytes(content)
    file, sheet = evidence.keep_file(desk.home, document), desk.sheet()
    with desk.act() as session:
        evidence.attach(
            session, sheet.scope, sheet.criteria_set.id, "1.1", sheet.year,
            EvidenceForm("van-ban"), file,
        )  # fmt: skip
    return file.sha256


def papers(desk: Desk) -> tuple[EvidenceRecord, ...]:
    sheet = desk.sheet()
    with desk.reading() as session:
        attached = evidence.evidence_of(session, desk.home, sheet)
    return attached.get("1.1", ())


def kept(desk: Desk) -> list[str]:
    """Every file in the folder of evidence, finished or not."""
    return [path.name for path in desk.home.evidence.rglob("*") if path.is_file()]


def test_a_file_that_was_spoilt_at_the_sender_comes_when_it_is_whole_again(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        digest = attach(one, tmp_path)
        path_in(one.home, digest).write_bytes(bytes(len(PAPER)))
        written = send(one, tmp_path / "spoilt")
        assert [flaw.code for flaw in written.notes] == [Code.EVIDENCE_LEFT_OUT]
        receive(two, written.path)
        assert [paper.present for paper in papers(two)] == [False]
        assert kept(two) == []
        pass_on(two, one, tmp_path / "receipt")

        evidence.keep_file(one.home, tmp_path / "Biên bản.pdf")
        outcome = pass_on(one, two, tmp_path / "whole")
        assert (outcome.new, outcome.evidence) == (0, 1)
        assert [paper.present for paper in papers(two)] == [True]
        assert path_in(two.home, digest).read_bytes() == PAPER


def test_a_file_that_was_lost_here_comes_again_with_the_next_bundle(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        digest = attach(one, tmp_path)
        pass_on(one, two, tmp_path / "a")
        pass_on(two, one, tmp_path / "b")
        assert send(one, tmp_path / "c").info.counts.evidence == 0
        path_in(two.home, digest).unlink()
        assert [paper.present for paper in papers(two)] == [False]
        pass_on(two, one, tmp_path / "d")  # the receipt no longer names it
        pass_on(one, two, tmp_path / "e")
        assert path_in(two.home, digest).read_bytes() == PAPER


@pytest.mark.parametrize("spoilt", [PAPER[:100], b""], ids=["cut short", "empty"])
def test_a_file_that_was_cut_short_here_is_asked_for_again(tmp_path: Path, spoilt: bytes) -> None:
    with two_laptops(tmp_path) as (one, two):
        digest = attach(one, tmp_path)
        pass_on(one, two, tmp_path / "a")
        pass_on(two, one, tmp_path / "b")
        path_in(two.home, digest).write_bytes(spoilt)
        assert [paper.present for paper in papers(two)] == [False]
        pass_on(two, one, tmp_path / "c")
        pass_on(one, two, tmp_path / "d")
        assert path_in(two.home, digest).read_bytes() == PAPER


@pytest.mark.parametrize(
    "spoilt", [bytes(len(PAPER)), PAPER[:100], b""], ids=["other bytes", "cut short", "empty"]
)
def test_a_kept_file_that_was_spoilt_is_mended_by_a_bundle_that_carries_it(
    tmp_path: Path, spoilt: bytes
) -> None:
    with two_laptops(tmp_path) as (one, two):
        digest = attach(one, tmp_path)
        pass_on(one, two, tmp_path / "a")
        path_in(two.home, digest).write_bytes(spoilt)
        outcome = receive(two, send(one, tmp_path / "b", full=True).path)
        assert outcome.new == 0  # no change is new, and the file is mended all the same
        assert path_in(two.home, digest).read_bytes() == PAPER
        assert kept(two) == [digest]


def test_a_file_that_the_disk_kept_wrongly_stops_the_import_and_comes_with_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with two_laptops(tmp_path) as (one, two):
        digest = attach(one, tmp_path)
        written = send(one, tmp_path / "a")
        before = count(two, "change")
        real = files._forget_cached

        def bad_disk(out: Any) -> None:
            real(out)
            if two.home.evidence in Path(out.name).parents:
                Path(out.name).write_bytes(bytes(len(PAPER)))

        with monkeypatch.context() as patch:
            patch.setattr(files, "_forget_cached", bad_disk)
            with pytest.raises(DiskFailed, match="Chưa có gì được nhận vào"):
                receive(two, written.path)
        assert kept(two) == []
        assert count(two, "change") == before
        receive(two, written.path)
        assert path_in(two.home, digest).read_bytes() == PAPER
        assert [paper.present for paper in papers(two)] == [True]


def test_files_of_a_revoked_sender_are_not_taken_until_it_is_trusted_again(tmp_path: Path) -> None:
    with two_laptops(tmp_path) as (one, two):
        revoke_device(one, device(two))
        digest = attach(two, tmp_path)
        written = send(two, tmp_path / "a")
        assert written.info.counts.evidence == 1
        outcome = receive(one, written.path)
        assert [wait.reason for wait in outcome.quarantined] == ["revoked"]
        assert kept(one) == []
        assert papers(one) == ()

        trust_device(one, device(two))  # the machine was found again
        assert [paper.present for paper in papers(one)] == [False]
        pass_on(one, two, tmp_path / "b")
        outcome = pass_on(two, one, tmp_path / "c")
        assert (outcome.new, outcome.evidence) == (0, 1)  # what waited was not sent again
        assert path_in(one.home, digest).read_bytes() == PAPER


def test_what_came_before_a_machine_was_revoked_stays_and_nothing_more_is_taken(
    tmp_path: Path,
) -> None:
    with two_laptops(tmp_path) as (one, two):
        digest = attach(two, tmp_path)
        pass_on(two, one, tmp_path / "a")
        revoke_device(one, device(two))
        everything = send(two, tmp_path / "b", full=True).path
        receive(one, everything)
        assert kept(one) == [digest]
        assert [paper.present for paper in papers(one)] == [True]
        path_in(one.home, digest).unlink()
        receive(one, everything)
        assert kept(one) == []


def test_files_are_taken_from_a_believed_sender_whoever_wrote_the_words(tmp_path: Path) -> None:
    """A file is named by what it holds; without words that count it is shown nowhere."""
    with two_laptops(tmp_path) as (one, two), closing(second(two, tmp_path / "three")) as three:
        set_note(three, "1.2", "lúc còn tin")
        pass_on(three, two, tmp_path / "a", trust=True)
        pass_on(two, one, tmp_path / "b")
        trust_device(one, device(three))
        revoke_device(one, device(three))
        digest = attach(three, tmp_path)
        pass_on(three, two, tmp_path / "c")
        outcome = pass_on(two, one, tmp_path / "d")
        assert [wait.reason for wait in outcome.quarantined] == ["revoked"]
        assert kept(one) == [digest]
        assert papers(one) == ()
        assert send(one, tmp_path / "e", full=True).info.counts.evidence == 0


def test_files_of_a_sender_that_nobody_trusts_yet_come_after_it_is_trusted(tmp_path: Path) -> None:
    with closing(found(tmp_path / "one")) as one, closing(second(one, tmp_path / "two")) as two:
        digest = attach(two, tmp_path)
        written = send(two, tmp_path / "a")
        receive(one, written.path)
        assert kept(one) == []
        set_note(one, "1.2", "vẫn làm việc")
        receive(one, written.path, trust=[device(two)])
        assert path_in(one.home, digest).read_bytes() == PAPER
        assert [paper.present for paper in papers(one)] == [True]
