"""Which disks are safe for a store, and which ones a bundle can travel on."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_NETWORK = {"nfs", "nfs4", "cifs", "smbfs", "smb3", "9p", "afs", "ncpfs", "fuse.sshfs", "vboxsf"}


class DiskKind(StrEnum):
    """What kind of disk a folder lies on."""

    FIXED = "fixed"
    REMOVABLE = "removable"
    NETWORK = "network"


@dataclass(frozen=True)
class Disk:
    """A mounted disk; `free` is in bytes."""

    path: Path
    kind: DiskKind
    free: int


def disk_kind(folder: Path) -> DiskKind:
    """Tell what kind of disk a folder (or where it will be made) lies on."""
    if str(folder).startswith("\\\\"):
        return DiskKind.NETWORK
    import psutil

    found = DiskKind.FIXED
    longest = -1
    target = _existing(folder)
    for partition in psutil.disk_partitions(all=True):
        mount = Path(partition.mountpoint)
        if (target == mount or mount in target.parents) and len(mount.parts) > longest:
            longest = len(mount.parts)
            found = _kind(partition.device, partition.fstype, partition.opts)
    return found


def removable_disks() -> tuple[Disk, ...]:
    """List the sticks and other removable disks that are plugged in now."""
    import psutil

    disks = []
    for partition in psutil.disk_partitions(all=False):
        if _kind(partition.device, partition.fstype, partition.opts) is not DiskKind.REMOVABLE:
            continue
        try:
            free = psutil.disk_usage(partition.mountpoint).free
        except OSError:  # an empty card reader has a drive letter and no disk
            continue
        disks.append(Disk(Path(partition.mountpoint), DiskKind.REMOVABLE, free))
    return tuple(disks)


def _existing(folder: Path) -> Path:
    for candidate in (folder, *folder.parents):
        if candidate.exists():
            return candidate.resolve()
    return folder


def _kind(device: str, fstype: str, opts: str) -> DiskKind:
    options = opts.lower().split(",")  # on Windows psutil names the drive type here
    if "remote" in options or fstype.lower() in _NETWORK:
        return DiskKind.NETWORK
    if "removable" in options or _is_removable_block_device(device):
        return DiskKind.REMOVABLE
    return DiskKind.FIXED


def _is_removable_block_device(device: str) -> bool:
    name = Path(device).name
    entry = Path("/sys/class/block") / name
    if not name or not entry.exists():
        return False
    for folder in (entry.resolve(), entry.resolve().parent):
        flag = folder / "removable"
        if flag.is_file():
            return flag.read_text(encoding="ascii").strip() == "1"
    return False
