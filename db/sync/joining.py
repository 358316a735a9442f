"""Joining: a second laptop of the same commune, made from a bundle of the first."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from db import identity, published_sets, store_file
from db.communes import officer_name
from db.desk import Desk
from db.home import Home
from db.incarnation import set_meta
from db.problems import Problem
from db.store import Store
from db.sync.authority import Reason, believed
from db.sync.cards import Role
from db.sync.holding import Held, statement_of
from db.sync.intake import Intake
from db.sync.parts import BundleSegment
from db.sync.reading import Bundle, open_bundle
from db.sync.receiving import keep_evidence_file, keep_receipt
from db.sync.sending import log_transfer
from db.sync.trust import remember
from db.sync.watch import Cancelled, Progress

_REVOKED = """
UPDATE known_device SET trust = 'revoked'
WHERE device IN (SELECT id FROM device_trust WHERE revoked IS NOT NULL
                 UNION SELECT id FROM upper_trust WHERE revoked IS NOT NULL)
"""
_VOUCHED_FOR = """
UPDATE known_device SET trust = 'trusted', how = 'joined'
WHERE trust = '' AND device IN (SELECT id FROM device_trust WHERE trusted IS NOT NULL)
"""
_GAP = (
    "Gói thiếu một đoạn ở giữa: phần có trong gói đã vào đủ, phần thiếu chưa có trên máy này. "
    "Hãy nhận thêm gói của các máy khác hoặc của cấp trên, phần thiếu sẽ tự ghép vào."
)


class CannotJoin(Problem):
    """The bundle does not hold the whole commune."""

    code = "cannot_join"


def join(
    home: Home,
    path: Path,
    officer: str,
    *,
    any_disk: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Desk:
    """Make a store of the bundle's commune and bring the bundle in.

    To join is to take the sender's word: the sender and the commune's devices whose work it passes
    on are trusted here, and of the upper level's those that the commune trusts. So a commune that
    has lost its only laptop is made anew from what its upper level sends. Nothing is journalled,
    so that both stores are equal afterwards.

    Args:
        home: where to make the store.
        path: a bundle that holds the commune from its first change on.
        officer: who will work at this laptop.
        any_disk: a person accepts a removable or network disk knowingly.
        progress: called with the bytes done and the bytes in all.
        cancelled: asked whether to stop.

    Raises:
        BundleProblem: the bundle cannot be used.
        CannotJoin: it holds only what was new, or a part of it is wrong.
        Refused: there is a store already, or the officer has no name.
    """
    officer = officer_name(officer)
    store_file.check_disk(home, accepted=any_disk)  # nothing is opened onto a stick
    with open_bundle(path, home=home, progress=progress, cancelled=cancelled) as bundle:
        _check_whole(bundle)
        store = Store.create(home, any_disk=any_disk)
        try:
            _fill(store, bundle, path, officer)
            desk = Desk.at(store)
            if statement_of(_as_held(bundle.segments)).detached:
                store.notice = _GAP
            for one in bundle.evidence:
                keep_evidence_file(desk, one)
            published_sets.take_up(desk)
            return desk
        except BaseException:
            store.close()
            _unmake(home)
            raise


def _check_whole(bundle: Bundle) -> None:
    if bundle.flaws:
        raise CannotJoin(f"Gói có phần không dùng được nên chưa tạo kho: {bundle.flaws[0].message}")
    starts = {one.feed for one in _as_held(bundle.segments) if one.first == 1}
    if not bundle.segments or {one.feed for one in _as_held(bundle.segments)} != starts:
        raise CannotJoin(
            "Gói này chỉ mang phần mới, không đủ từ đầu, nên chưa tạo kho. Trên máy đã gửi, "
            "hãy xuất lại với lựa chọn “Gửi lại toàn bộ” (ntm export --full)."
        )


def _as_held(segments: Iterable[BundleSegment]) -> list[Held]:
    return [
        Held(one.hash, *one.header.feed, one.header.first, one.header.last, one.header.previous, 0)
        for one in segments
        if one.header is not None
    ]


def _fill(store: Store, bundle: Bundle, path: Path, officer: str) -> None:
    with store.writing() as connection:
        set_meta(connection, "officer", officer)
        set_meta(connection, "practice", "1" if bundle.info.practice else "")
        for file in bundle.cards.values():
            known = file.card.role is Role.COMMUNE or file.card.device == bundle.info.sender
            remember(connection, file.card, file.data, how="joined" if known else "")
        size = path.stat().st_size
        now = store.now()
        logged = log_transfer(connection, "in", path, bundle.code, bundle.info, size, at=now)
        intake = Intake(connection, believed(connection, bundle.info.commune_code), logged, at=now)
        for segment in bundle.segments:
            intake.take(segment)
        for one in intake.quarantined:
            if one.reason != Reason.UNTRUSTED:
                raise CannotJoin(f"Gói có phần không nhận được nên chưa tạo kho: {one.message}")
        intake.finish()
        connection.exec_driver_sql(_VOUCHED_FOR)
        intake.whom = believed(connection, bundle.info.commune_code)
        intake.release()
        intake.finish()
        keep_receipt(connection, bundle, now)
        connection.exec_driver_sql(_REVOKED)
    store.observe(intake.latest)


def _unmake(home: Home) -> None:
    """Leave nothing of a store that could not be filled; it held nothing of a person's."""
    with suppress(OSError):
        home.store.unlink(missing_ok=True)
        identity.forget(home.path)
