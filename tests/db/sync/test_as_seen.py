"""What a person was shown is what comes in; and evidence never makes a bundle look like a trap."""

from __future__ import annotations

import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from db import backups
from db.problems import Refused
from db.sync.reading import verify
from db.sync.receiving import receive
from tests._helpers import bundles
from tests._helpers.stores import friends, note_of, pass_on, send, set_note


def test_a_file_swapped_after_the_preview_is_refused(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(one, "1.1", "đã xem")
        shown = send(one, tmp_path / "usb").path
        seen = receive(two, shown, dry_run=True)
        set_note(one, "1.1", "chưa ai xem")
        shown.write_bytes(send(one, tmp_path / "other").path.read_bytes())
        with pytest.raises(Refused, match="đã bị đổi sau khi xem trước"):
            receive(two, shown, seen=seen)
        assert note_of(two, "1.1") == ""


def test_the_file_that_was_shown_comes_in(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(one, "1.1", "đã xem")
        shown = send(one, tmp_path / "usb").path
        receive(two, shown, seen=receive(two, shown, dry_run=True))
        assert note_of(two, "1.1") == "đã xem"


def test_a_bundle_that_is_known_makes_no_copy_of_the_store(tmp_path: Path) -> None:
    one, two = friends(tmp_path)
    with closing(one), closing(two):
        set_note(one, "1.1", "một")
        pass_on(one, two, tmp_path / "usb")
        before = backups.list_backups(two.home)
        receive(two, send(one, tmp_path / "again", full=True).path)
        assert backups.list_backups(two.home) == before


def test_evidence_that_would_shrink_beyond_belief_travels_as_it_is(tmp_path: Path) -> None:
    blank = bundles.evidence_file(bytes(3_000_000), "bmp")
    written = bundles.write(tmp_path, [*bundles.usual_payload(), blank])
    with zipfile.ZipFile(written.path) as archive:
        (entry,) = [it for it in archive.infolist() if it.filename.endswith(".bmp")]
    assert entry.compress_type == zipfile.ZIP_STORED
    assert verify(written.path).valid
