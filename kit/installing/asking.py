"""Questions to the person at the keyboard; Enter takes what is offered."""

from collections.abc import Sequence

from kit.installing.refusal import Refused


def say(text: str = "") -> None:
    """Write a line."""
    print(text, flush=True)


def ask(question: str, offered: str = "") -> str:
    """Ask for a line of text; what is offered when it is empty.

    Raises:
        Refused: there is nobody to answer.
    """
    say(question)
    try:
        typed = input("> ").strip().strip('"')
    except EOFError:
        raise Refused("Không có người trả lời nên dừng lại. Chưa có gì thay đổi.") from None
    return typed or offered


def choose(question: str, choices: Sequence[str]) -> int:
    """Let a person choose one of several by its number; gives its place, 0 for Enter."""
    say(question)
    for number, choice in enumerate(choices, 1):
        say(f"  {number}. {choice}")
    while True:
        typed = ask(f"Gõ số từ 1 đến {len(choices)} rồi Enter. Chỉ Enter là 1.", "1")
        if typed.isdecimal() and 1 <= int(typed) <= len(choices):
            return int(typed) - 1


def confirmed(question: str, word: str) -> bool:
    """Let a person type a word to confirm what cannot be taken back."""
    return ask(f"{question}\nGõ {word} rồi Enter để đồng ý; chỉ Enter là không.").upper() == word
