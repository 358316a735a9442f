"""`ntm criteria`: published criteria sets listed, shown, checked, added and sent to communes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from db.home import find_home
from ntm_tui.console.command import Command, subject, working
from ntm_tui.console.options import HomeOption, JsonOption
from ntm_tui.console.outcome import REFUSED, remark, say, show_json
from ntm_tui.console.tables import show_table
from ntm_tui.console.vietnamese import VietnameseGroup

if TYPE_CHECKING:
    from db.criteria.definitions import CriteriaSet, Indicator

commands = subject()
_sets = subject()
commands.add_typer(
    _sets, name="criteria", cls=VietnameseGroup, help="Xem, kiểm tra, thêm và công bố bộ tiêu chí."
)

FileArgument = Annotated[
    Path, typer.Argument(metavar="TỆP.toml", help="Tệp bộ tiêu chí dạng TOML.")
]


@_sets.callback(no_args_is_help=True)
def _criteria(home: HomeOption = None) -> None:
    """Take `--home` before the name of the command too."""


@_sets.command("list", cls=Command, help="Liệt kê các bộ tiêu chí đang có.")
def list_sets(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the sets of a home."""
    from db import criteria_sets

    found = criteria_sets.available(find_home(home))
    if as_json:
        show_json({"criteria_sets": [_summary(one) for one in found]})
        return
    show_table(
        ("Mã", "Danh hiệu", "Tiêu chí", "Chỉ tiêu", "Tên"),
        (
            (one.id, one.tier.label, str(len(one.criteria)), str(len(one.indicators)), one.name)
            for one in found
        ),
    )


@_sets.command("show", cls=Command, help="Hiện từng chỉ tiêu và mức đạt của một bộ.")
def show(
    set_id: Annotated[str, typer.Argument(metavar="MÃ", help="Mã bộ tiêu chí.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one set as it was published."""
    from db import criteria_sets

    found = criteria_sets.find(find_home(home), set_id)
    if as_json:
        show_json({**_summary(found), "criteria_list": _criteria_as_json(found)})
        return
    say(found.name)
    say(f"{found.document} · {found.region} · {found.years[0]}-{found.years[1]}")
    for criterion in found.criteria:
        say()
        say(f"Tiêu chí {criterion.number}. {criterion.name}")
        show_table(
            ("Chỉ tiêu", "Mức đạt", "Nguồn", "Nội dung"),
            (
                (one.number, one.threshold.text(), one.threshold.source.label, one.name)
                for one in criterion.indicators
            ),
        )


@_sets.command("check", cls=Command, help="Kiểm tra một tệp bộ tiêu chí, chỉ rõ chỗ sai.")
def check(file: FileArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Tell everything that is wrong with a file."""
    from db.criteria import loader

    problems = loader.check(file)
    if as_json:
        show_json({"valid": not problems, "problems": problems})
    elif problems:
        remark("\n".join(problems))
    else:
        say(f"Tệp {file} dùng được.")
    if problems:
        raise SystemExit(REFUSED)


@_sets.command("add", cls=Command, help="Thêm một bộ tiêu chí đã công bố vào máy này.")
def add(file: FileArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Take a published set into this home."""
    from db import criteria_sets

    added = criteria_sets.add(find_home(home), file)
    if as_json:
        show_json(_summary(added))
    else:
        say(f"Đã thêm bộ tiêu chí {added.id}: {added.name}")


@_sets.command("publish", cls=Command, help="Cấp trên: công bố một bộ tiêu chí cho mọi xã.")
def publish(file: FileArgument, home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Publish a set to every commune."""
    from db import published_sets

    with working(home) as desk:
        added = published_sets.publish(desk, file)
    if as_json:
        show_json(_summary(added))
        return
    say(f"Đã công bố bộ tiêu chí {added.id}: {added.name}")
    say("Bộ này đi theo gói gửi xuống; xã nhận gói là dùng được. Bộ đã công bố không sửa được nữa.")


def _summary(one: "CriteriaSet") -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "tier": one.tier.value,
        "document": one.document,
        "region": one.region,
        "years": list(one.years),
        "supersedes": one.supersedes,
        "hash": one.hash,
        "criteria": len(one.criteria),
        "indicators": len(one.indicators),
    }


def _criteria_as_json(found: "CriteriaSet") -> list[dict[str, Any]]:
    return [
        {
            "number": criterion.number,
            "name": criterion.name,
            "withdrawal_key": criterion.withdrawal_key,
            "people_criterion": criterion.people_criterion,
            "watch_criterion": criterion.watch_criterion,
            "indicators": [_indicator_as_json(one) for one in criterion.indicators],
        }
        for criterion in found.criteria
    ]


def _indicator_as_json(one: "Indicator") -> dict[str, Any]:
    return {
        "number": one.number,
        "name": one.name,
        "threshold": one.threshold.to_wire(),
        "threshold_text": one.threshold.text(),
        "men_women": one.men_women,
        "by_village": one.by_village,
        "may_be_na": one.may_be_na,
        "evidence": list(one.evidence),
    }
