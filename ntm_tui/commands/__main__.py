"""Write the key map for the documentation: `python -m ntm_tui.commands > docs/phim-tat.md`."""

import sys

from ntm_tui.commands import as_table

INTRODUCTION = """# Phím tắt

Bảng này làm ra từ chương trình (`python -m ntm_tui.commands`). Phím số đánh giá chỉ tiêu trên bảng
tiêu chí; ở các sổ và ở Đồng bộ thì mở từng sổ, từng phần.
"""

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(INTRODUCTION)
    print(as_table())
