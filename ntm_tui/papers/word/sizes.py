"""Sizes of Nghị định 30/2020/NĐ-CP: letters in points, all else in millimetres."""

FONT = "Times New Roman"
BODY, SMALL, LIST = 14, 13, 11
TABLE = 12
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
WIDE, TALL = 210, 297
