"""Bundles that were found, and what a bundle would change or has changed, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from db.text import shown
from ntm_tui.dialogs.folder import show_size
from ntm_tui.screens.sync.choice_list import Choice
from ntm_tui.screens.sync.outgoing import count
from ntm_tui.screens.sync.people import groups_of, role_words
from ntm_tui.widgets.bars import progress_bar

if TYPE_CHECKING:
    from db.disks import Disk
    from db.sync.differences import Differences
    from db.sync.finding import FoundBundle
    from db.sync.receiving import Outcome

OTHER = "other"
TAKE, LEAVE, TRUST, SEE, ASIDE = "take", "leave", "trust:", "see", "aside"
EVERY = "every"
_BAR = 24
_MOST_GROUPS = 8


def look_for(disks: Sequence[Disk], own: str) -> tuple[FoundBundle, ...]:
    """Look on some disks for bundles that this machine did not write itself."""
    from db.sync.finding import find_bundles

    found = find_bundles(disk.path for disk in disks)
    return tuple(one for one in found if not own.startswith(one.sender))


def found_choices(found: Sequence[FoundBundle]) -> list[Choice]:
    """The bundles that were found, and the way to any other one."""
    every = [Choice(EVERY, "Nhận tất cả", f"{count(len(found))} tệp")] if len(found) > 1 else []
    return [
        *(
            Choice(
                str(one.path),
                one.path.name,
                f"{_kind(one)} · {_when(one)}",
            )
            for one in found
        ),
        *every,
        Choice(OTHER, "Tệp khác…"),
    ]


def _kind(one: FoundBundle) -> str:
    from db.sync.receipt_file import SUFFIX

    return "biên nhận" if one.path.suffix.lower() == SUFFIX else show_size(one.size)


def _when(one: FoundBundle) -> str:
    from db.clock import VIETNAM

    return f"{one.modified.astimezone(VIETNAM):%d/%m %H:%M}"


def acts(seen: Outcome, trusted: Collection[str]) -> list[Choice]:
    """What a person can do with a bundle that was looked at; taking it in is never the only way."""
    strangers = [
        Choice(f"{TRUST}{card.device}", f"Tin cậy máy {card.machine}…", f"{card.device[:4]}-…")
        for card in seen.strangers
        if card.device not in trusted
    ]
    taking = Choice(TAKE, "Nhận gói này vào máy" if seen.new else "Ghi nhận gói này")
    looking = [Choice(SEE, "Xem từng ô sẽ đổi…", _fields(seen.differences))]
    return [
        *strangers,
        taking,
        *(looking if seen.differences and seen.differences.total else ()),
        Choice(LEAVE, "Thôi, không nhận"),
    ]


def acts_after(seen: Outcome, found: Differences) -> list[Choice]:
    """What a person can do once a bundle was taken in."""
    return [
        Choice(LEAVE, "Xong, trở lại"),
        *([Choice(SEE, "Xem từng ô đã đổi…", _fields(found))] if found.total else ()),
        *([Choice(ASIDE, "Gỡ lần nhận này ra…")] if seen.new else ()),
    ]


def _fields(found: Differences | None) -> str:
    return f"{count(found.total)} ô" if found else ""


def preview(seen: Outcome, differences: Differences | None, *, applied: bool) -> Content:
    """Say whose bundle it is and what it changes, or has changed."""
    info = seen.info
    what = "toàn bộ từ đầu" if info.full else "phần mới"
    rows = [
        ("Gói", f"{shown(info.commune_name)}, {what}, làm lúc {info.local:%H:%M %d/%m/%Y}"),
        ("Mã gói", f"{' '.join(seen.code)}   (hỏi bên gửi: có giống không?)"),
        ("Gửi từ", f"{shown(seen.sender.office)} · {shown(seen.sender.machine)}"),
        ("Tệp kèm", f"{count(seen.evidence)} tệp minh chứng"),
    ]
    lines = [Content.assemble((f"{label:<9}", "bold"), words) for label, words in rows]
    lines += [Content(""), *_measures(seen, applied=applied)]
    lines += _strangers(seen)
    lines += changed(differences)
    for why, changes in _reasons(seen).items():
        lines.append(Content.assemble((f"\n{count(changes)} thay đổi để riêng. ", "bold"), why))
    if seen.forked:
        lines.append(Content("\nCó máy bị sao chép ổ đĩa: hai lượt ghi trùng số, giữ cả hai."))
    lines += [Content(f"\n{shown(flaw.message)}") for flaw in seen.flaws]
    lines += [Content.assemble(("\nĐồng hồ. ", "bold"), shown(one.sentence)) for one in seen.clocks]
    lines += _afterwards(seen) if applied else []
    return Content("\n").join(lines)


def changed(found: Differences | None) -> Iterator[Content]:
    """Say how much changes, by register and by person."""
    if not found or not found.total:
        return
    yield Content.assemble((f"\n{count(found.total)} ô đổi giá trị", "bold"))
    for register in found.by_register[:_MOST_GROUPS]:
        yield Content(f"  {count(register.count):>6}  {shown(register.name)}")
    if len(found.by_register) > _MOST_GROUPS:
        rest = sum(one.count for one in found.by_register[_MOST_GROUPS:])
        yield Content(f"  {count(rest):>6}  các sổ khác")
    for who in found.by_person[:_MOST_GROUPS]:
        yield Content(f"  {count(who.count):>6}  do {shown(who.officer)} ghi, {shown(who.machine)}")
    if len(found.by_person) > _MOST_GROUPS:
        rest = sum(one.count for one in found.by_person[_MOST_GROUPS:])
        yield Content(f"  {count(rest):>6}  do người khác ghi")


def _afterwards(seen: Outcome) -> Iterator[Content]:
    """Say what a person may want to do next, and what was kept."""
    if seen.conflicts:
        yield Content("\nÔ trái nhau: cả hai giá trị được giữ, chốt ở phần Xung đột của Đồng bộ.")
    if seen.backup is not None:
        yield Content(f"\nBản sao kho trước khi nhận: {shown(seen.backup.name)}")
    yield Content("\nBiên nhận của máy này cho bên gửi sẽ đi cùng gói gửi lần sau.")


def _measures(seen: Outcome, *, applied: bool) -> Iterator[Content]:
    aside = sum(one.changes for one in seen.quarantined)
    total = seen.new + seen.known + aside
    for number, words in (
        (seen.new, "thay đổi mới" if applied else "thay đổi mới sẽ vào máy"),
        (seen.known, "thay đổi máy này đã có"),
        (aside, "thay đổi để riêng ở khu cách ly"),
    ):
        if number or words.startswith("thay đổi mới"):
            bar = progress_bar(number, max(total, 1), _BAR)
            yield Content.assemble(bar, (f" {count(number):>7} ", "bold"), words)
    if seen.conflicts:
        yield Content.styled(
            f"■ {count(seen.conflicts)} ô có hai giá trị trái nhau, giữ cả hai, cần người xem.",
            "$warning",
        )


def _reasons(seen: Outcome) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in seen.quarantined:
        found[one.message] += one.changes
    return found


def _strangers(seen: Outcome) -> Iterator[Content]:
    for card in seen.strangers:
        yield Content.assemble(
            ("\nMáy lạ: ", "bold"),
            f"{shown(card.office)} · {shown(card.machine)} · {role_words(card.role.value)}",
        )
        yield Content.styled(f"  mã máy {'-'.join(groups_of(card.device))}", "$primary bold")


def said_after(seen: Outcome, path: Path) -> str:
    """One line for the status line after a bundle was taken in."""
    if not seen.new:
        aside = " Phần của máy chưa tin cậy được cất riêng." if seen.quarantined else ""
        return f"{shown(path.name)}: 0 thay đổi mới.{aside}"
    return f"Đã nhận {count(seen.new)} thay đổi mới từ {shown(path.name)}."
