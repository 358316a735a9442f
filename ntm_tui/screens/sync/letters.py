"""Large letters, for a code that is read aloud over the phone."""

from __future__ import annotations

BLOCK = "█"
_HEIGHT = 5
_FONT = """
0 ####/#..#/#..#/#..#/####        1 .##./..#./..#./..#./.###
2 ####/...#/####/#.../####        3 ####/...#/.###/...#/####
4 #..#/#..#/####/...#/...#        5 ####/#.../####/...#/####
6 ####/#.../####/#..#/####        7 ####/...#/..#./.#../.#..
8 ####/#..#/####/#..#/####        9 ####/#..#/####/...#/####
A .##./#..#/####/#..#/#..#        B ###./#..#/###./#..#/###.
C .###/#.../#.../#.../.###        D ###./#..#/#..#/#..#/###.
E ####/#.../###./#.../####        F ####/#.../###./#.../#...
G .###/#.../#.##/#..#/.###        H #..#/#..#/####/#..#/#..#
J ..##/...#/...#/#..#/.##.        K #..#/#.#./##../#.#./#..#
M #...#/##.##/#.#.#/#...#/#...#   N #...#/##..#/#.#.#/#..##/#...#
P ###./#..#/###./#.../#...        Q .##../#..#./#..#./#.#../.#.##
R ###./#..#/###./#.#./#..#        S .####/#..../.###./....#/####.
T #####/..#../..#../..#../..#..   V #...#/#...#/#...#/.#.#./..#..
W #...#/#...#/#.#.#/##.##/#...#   X #...#/.#.#./..#../.#.#./#...#
Y #...#/.#.#./..#../..#../..#..   Z #####/...#./..#../.#.../#####
"""


def _read_font() -> dict[str, tuple[str, ...]]:
    words = _FONT.split()
    return {
        sign: tuple(rows.replace("#", BLOCK).replace(".", " ").split("/"))
        for sign, rows in zip(words[::2], words[1::2], strict=True)
    }


LETTERS = _read_font()
"""Each sign of the code's alphabet as five rows of equal width."""


def large(code: str) -> str:
    """Write a code in letters five lines high."""
    found = [LETTERS[sign] for sign in code if sign in LETTERS]
    return "\n".join("   ".join(letter[row] for letter in found).rstrip() for row in range(_HEIGHT))
