"""What a target's Python would say of itself: its tags and the conditions it meets."""

from __future__ import annotations

from packaging.tags import Tag, compatible_tags, cpython_tags

from kit.building.targets import Target


def tags_of(target: Target) -> frozenset[Tag]:
    """Every tag of a wheel that runs there."""
    version = tuple(map(int, target.python.split(".")))
    platforms = list(target.platform.tags)
    interpreter = f"cp{''.join(target.python.split('.'))}"
    own = cpython_tags(version, platforms=platforms)
    return frozenset({*own, *compatible_tags(version, interpreter, platforms)})


def environment_of(target: Target) -> dict[str, str]:
    """What conditions of requirements are judged by there."""
    windows = target.platform.windows
    machines = {"win_amd64": "AMD64", "win_arm64": "ARM64", "linux": "x86_64"}
    return {
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "implementation_version": f"{target.python}.0",
        "python_version": target.python,
        "python_full_version": f"{target.python}.0",
        "os_name": "nt" if windows else "posix",
        "sys_platform": "win32" if windows else "linux",
        "platform_system": "Windows" if windows else "Linux",
        "platform_machine": machines[target.platform.name],
        "platform_release": "",
        "platform_version": "",
        "extra": "",
    }
