"""What came of bringing one bundle in, for people and for scripts."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.problems import Problem
from db.text import shown
from ntm_tui.console.bundles import card_as_json, flaw_as_json
from ntm_tui.console.outcome import remark, say
from ntm_tui.console.receipts import show_taken, taken_as_json

if TYPE_CHECKING:
    from db.sync.acknowledging import Taken
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
    return seen is None or bool(
        seen.conflicts or seen.quarantined or seen.strangers or seen.flaws or seen.forked
    )


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
        }
    return answer


def _size(one: "Quarantined") -> int:
    return max(1, one.changes)  # of a part that cannot be read nobody knows the number


def _reason(one: "Quarantined") -> dict[str, Any]:
    return {
        "device": one.device,
        "changes": one.changes,
        "reason": one.reason,
        "message": one.message,
    }


def show_result(result: FileResult, *, dry_run: bool) -> None:
    """Tell a person what came of one file."""
    from db.sync.keys import show_fingerprint

    if result.receipt is not None:
        show_taken(result.path, result.receipt)
        return
    seen = result.outcome
    if seen is None:
        remark(f"× {result.path.name}: {result.problem}")
        return
    will = "sẽ có" if dry_run else "có"
    say(f"√ {result.path.name} (mã đối chiếu {seen.code}):")
    say(f"  {will} {seen.new} thay đổi mới, {seen.known} thay đổi đã có từ trước")
    if seen.conflicts:
        say(f"  {seen.conflicts} ô có hai giá trị trái nhau, cần người xem")
    for part in seen.quarantined:
        say(f"  Để riêng {part.changes} thay đổi: {part.message}")
    for card in seen.strangers:
        say(f"  Máy lạ: {shown(card.office)}, {shown(card.machine)}")
        say(f"    mã máy {show_fingerprint(card.device)}")
        say("    Gọi điện đối chiếu mã rồi chạy: ntm devices trust MÃ-MÁY")
    if seen.forked:
        say("  Có một máy đã bị sao chép ổ đĩa: hai lượt ghi trùng số, cả hai đều được giữ.")
    for name in seen.sets:
        say(f"  Cấp trên công bố bộ tiêu chí mới, từ nay dùng được: {name}")
    for flaw in seen.flaws:
        say(f"  {flaw.message}")
