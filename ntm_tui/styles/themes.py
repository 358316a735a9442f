"""The three themes: light, dark, high contrast.

Every text colour keeps at least 4.5 : 1 against the grounds it stands on, 7 : 1 in high contrast.
"""

from __future__ import annotations

from textual.theme import Theme

LIGHT = Theme(
    name="sang",
    dark=False,
    primary="#004B8D",
    secondary="#3D5A73",
    accent="#7A4300",
    success="#0B6B2B",
    warning="#7A4300",
    error="#A8071A",
    foreground="#1A1A1A",
    background="#F7F7F2",
    surface="#FFFFFF",
    panel="#E3E8EE",
    variables={
        "status-met": "#0B6B2B",
        "status-not-met": "#A8071A",
        "status-in-progress": "#7A4300",
        "status-not-assessed": "#4D5560",
        "status-not-applicable": "#5B3A8C",
        "field-background": "#E3E8EE",
        "banner-background": "#7A4300",
        "banner-foreground": "#FFFFFF",
        "block-cursor-background": "#004B8D",
        "block-cursor-foreground": "#FFFFFF",
        "block-cursor-text-style": "bold",
        "footer-key-foreground": "#004B8D",
        "border-blurred": "#66707C",
    },
)

DARK = Theme(
    name="toi",
    primary="#4EA1FF",
    secondary="#8FB4D9",
    accent="#FFC04D",
    success="#5FD38D",
    warning="#FFC04D",
    error="#FF8A80",
    foreground="#E6E6E6",
    background="#12161C",
    surface="#1A2028",
    panel="#242C36",
    variables={
        "status-met": "#5FD38D",
        "status-not-met": "#FF8A80",
        "status-in-progress": "#FFC04D",
        "status-not-assessed": "#B0B8C4",
        "status-not-applicable": "#C9A7FF",
        "field-background": "#2C3643",
        "banner-background": "#FFC04D",
        "banner-foreground": "#12161C",
        "block-cursor-background": "#4EA1FF",
        "block-cursor-foreground": "#0B0E12",
        "block-cursor-text-style": "bold",
        "footer-key-foreground": "#FFC04D",
        "border-blurred": "#8794A5",
    },
)

CONTRAST = Theme(
    name="tuong-phan",
    primary="#FFFF00",
    secondary="#FFFFFF",
    accent="#FFFF00",
    success="#00FF00",
    warning="#FFFF00",
    error="#FFB0B0",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#1A1A1A",
    variables={
        "status-met": "#00FF00",
        "status-not-met": "#FFB0B0",
        "status-in-progress": "#FFFF00",
        "status-not-assessed": "#FFFFFF",
        "status-not-applicable": "#00FFFF",
        "field-background": "#2A2A2A",
        "banner-background": "#FFFF00",
        "banner-foreground": "#000000",
        "block-cursor-background": "#FFFF00",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "bold",
        "footer-key-foreground": "#FFFF00",
        "border": "#FFFFFF",
        "border-blurred": "#FFFFFF",
    },
)

THEMES = (DARK, LIGHT, CONTRAST)
"""In the order in which one key goes through them; the first is the one to begin with."""


def next_theme(name: str) -> str:
    """The name of the theme after this one, the first after the last or after a strange one."""
    names = [theme.name for theme in THEMES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]
