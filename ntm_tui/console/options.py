"""The options that many commands share, declared once."""

from pathlib import Path
from typing import Annotated

import typer


def _inherited(ctx: typer.Context, chosen: Path | None) -> Path | None:
    """Take `--home` from before the command's name when it does not stand after it."""
    above = ctx.parent
    while chosen is None and above is not None:
        chosen, above = above.params.get("home"), above.parent
    return chosen


HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="THƯ-MỤC",
        callback=_inherited,
        help="Thư mục dữ liệu, nếu khác thư mục thường dùng và NTM_HOME.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="In đúng một đối tượng JSON, dành cho chương trình khác.")
]
SetOption = Annotated[
    str, typer.Option("--set", metavar="MÃ", help="Mã bộ tiêu chí, nếu khác bộ xã đang dùng.")
]
YearOption = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="NĂM", min=2000, max=2100, help="Năm đánh giá, nếu khác năm phấn đấu."
    ),
]
VillageOption = Annotated[
    str, typer.Option("--village", metavar="THÔN", help="Tên hoặc mã thôn; bỏ trống là cả xã.")
]
CommuneOption = Annotated[
    str,
    typer.Option("--commune", metavar="XÃ", help="Ở máy cấp trên: mã hoặc tên của xã."),
]
IndicatorArgument = Annotated[
    str, typer.Argument(metavar="CHỈ-TIÊU", help="Số chỉ tiêu, ví dụ 17.8.")
]
