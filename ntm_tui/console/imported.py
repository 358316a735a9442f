"""What came of bringing one bundle in, for people and for scripts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.home import Home
from db.problems import Problem
from db.text import shown
from ntm_tui.console.bundles import card_as_json, flaw_as_json
from ntm_tui.console.outcome import remark, say
from ntm_tui.console.receipts import line_of_receipt, show_taken, taken_as_json

if TYPE_CHECKING:
    from db.sync.acknowledging import Taken
    from db.sync.clocks import ClockReport
    from db.sync.intake import Quarantined
    from db.sync.receiving import Outcome


@dataclass(frozen=True)
class FileResult:
    """One file: what came of it, or why nothing did. `receipt`: it was a receipt alone."""

    path: Path
    outcome: "Outcome | None" = None
    problem: Problem | None = None
    receipt: "Taken | None" = None


def needs_a_person(result: FileResult) -> bool:
    """Whether somebody has to look: at a conflict, at quarantine, at a file that failed."""
    if result.receipt is not None:
        return not result.receipt.record.counts
    seen = result.outcome
    return seen is None or seen.needs_a_person


def result_as_json(result: FileResult) -> dict[str, Any]:
    """Give the result of one file for scripts; `quarantined` counts changes, one at least."""
    seen, problem = result.outcome, result.problem
    answer: dict[str, Any] = {
        "path": str(result.path),
        "new": seen.new if seen else 0,
        "known": seen.known if seen else 0,
        "conflicts": seen.conflicts if seen else 0,
        "quarantined": sum(_size(one) for one in seen.quarantined) if seen else 0,
        "error": {"code": problem.code, "message": str(problem)} if problem else None,
    }
    if result.receipt is not None:
        answer["receipt"] = taken_as_json(result.receipt)
    if seen is not None:
        answer |= {
            "code": seen.code,
            "sender": seen.info.sender,
            "evidence": seen.evidence,
            "forked": seen.forked,
            "criteria_sets": list(seen.sets),
            "reasons": [_reason(one) for one in seen.quarantined],
            "strangers": [card_as_json(one) for one in seen.strangers],
            "problems": [flaw_as_json(one) for one in seen.flaws],
            "clocks": [_clock(one) for one in seen.clocks],
            "import": seen.transfer or None,
        }
        if seen.differences is not None:
            from ntm_tui.console.differences import differences_as_json

            answer["differences"] = differences_as_json(seen.differences)
    return answer


def _clock(one: "ClockReport") -> dict[str, Any]:
    from db.columns import show_instant

    return {
        "fault": one.fault.value,
        "device": one.device,
        "showed": show_instant(one.showed),
        "off_seconds": int(one.off.total_seconds()),
        "message": one.sentence,
    }


def _size(one: "Quarantined") -> int:
    return max(1, one.changes)  # of a part that cannot be read nobody knows the number


def _reason(one: "Quarantined") -> dict[str, Any]:
    return {
        "device": one.device,
        "changes": one.changes,
        "reason": one.reason,
        "message": one.message,
    }


def results_as_json(results: Sequence[FileResult], *, dry_run: bool) -> dict[str, Any]:
    """Give the results of all files for scripts."""
    files = [result_as_json(one) for one in results]
    names = ("new", "known", "conflicts", "quarantined")
    copies = (str(one.outcome.backup) for one in results if one.outcome and one.outcome.backup)
    return {
        "dry_run": dry_run,
        "files": files,
        "summary": {
            "files": len(files),
            "failed": sum(one.problem is not None for one in results),
            **{name: sum(file[name] for file in files) for name in names},
        },
        "backup": next(copies, None),
    }


def line_of(result: FileResult, *, dry_run: bool) -> str:
    """Give the one line about a file."""
    if result.receipt is not None:
        return line_of_receipt(result.path, result.receipt)
    seen = result.outcome
    if seen is None:
        return f"× {result.path.name}: {result.problem}"
    mark = "!" if needs_a_person(result) else "√"
    will = "sẽ có " if dry_run else ""
    parts = [f"{will}{seen.new} thay đổi mới"]
    if seen.known:
        parts.append(f"{seen.known} đã có")
    if seen.conflicts:
        parts.append(f"{seen.conflicts} ô trái nhau")
    if seen.quarantined:
        parts.append(f"để riêng {sum(one.changes for one in seen.quarantined)} thay đổi")
    return f"{mark} {result.path.name} · {shown(seen.info.commune_name)}: {', '.join(parts)}"


class Teller:
    """Tells a person what came of each file, as soon as it is done, and sums up.

    One file alone is told in full; of several each has one line, and what needs a person is told
    in full at the end.
    """

    def __init__(self, home: Home, files: int, *, dry_run: bool) -> None:
        self._home = home
        self._files = files
        self._dry_run = dry_run

    def tell(self, result: FileResult) -> None:
        """Tell what came of one file."""
        if result.receipt is not None:
            show_taken(result.path, result.receipt)
            return
        line = line_of(result, dry_run=self._dry_run)
        if result.outcome is None:
            remark(line)
            return
        say(line)
        if self._files == 1:
            self._tell_more(result.outcome)

    def sum_up(self, results: Sequence[FileResult]) -> None:
        """Tell what all of it comes to."""
        taken = [one for one in results if one.outcome is not None]
        receipts = sum(one.receipt is not None for one in results)
        if self._files > 1:
            for one in taken:
                if one.outcome is not None and (needs_a_person(one) or one.outcome.clocks):
                    say(f"{one.path.name}:")
                    self._tell_more(one.outcome)
            new = sum(one.outcome.new for one in taken if one.outcome)
            did = "nhận được" if self._dry_run else "đã nhận"
            said = f"{len(results) - receipts} gói: {len(taken)} {did}, {new} thay đổi mới"
            said += f"; {receipts} biên nhận" if receipts else ""
            left = len(results) - len(taken) - receipts
            say(f"{said}; {left} không nhận được." if left else f"{said}.")
        copy = next((one.outcome.backup for one in taken if one.outcome), None)
        if copy is not None:
            say(f"Bản sao kho trước khi nhận: {copy}")

    def _tell_more(self, seen: "Outcome") -> None:
        say(f"  Mã đối chiếu {seen.code}; {seen.evidence} tệp minh chứng kèm theo")
        if seen.differences is not None:
            from ntm_tui.console.differences import show_differences

            show_differences(self._home, seen.differences)
        for line in _notes(seen):
            say(f"  {line}")


def _notes(seen: "Outcome") -> Iterator[str]:
    """Say what needs a person, and whose clock is wrong."""
    from db.sync.keys import show_fingerprint

    if seen.conflicts:
        yield f"{seen.conflicts} ô có hai giá trị trái nhau, cần người xem"
    for part in seen.quarantined:
        yield f"Để riêng {part.changes} thay đổi: {part.message}"
    for card in seen.strangers:
        yield f"Máy lạ: {shown(card.office)}, {shown(card.machine)}"
        yield f"  mã máy {show_fingerprint(card.device)}"
        yield "  Gọi điện đối chiếu mã rồi chạy: ntm devices trust MÃ-MÁY"
    if seen.forked:
        yield "Có một máy đã bị sao chép ổ đĩa: hai lượt ghi trùng số, cả hai đều được giữ."
    for name in seen.sets:
        yield f"Cấp trên công bố bộ tiêu chí mới, từ nay dùng được: {name}"
    for flaw in seen.flaws:
        yield flaw.message
    for report in seen.clocks:
        yield shown(report.sentence)
