"""A file replaced in one stroke: whoever looks, and whatever happens, finds all of the old bytes or all of the new."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress

from sitecheck.rule import UserError


def write_atomically(path: str, new: bytes, old: bytes) -> None:
    """Make a file hold `new` in place of `old`: whoever looks, and whatever happens, finds all of one or of the other.

    The new bytes are written to a hidden file in the same folder, which then takes the old one's place, with its
    mode, owner and extended attributes; a symbolic link stays, and its target is replaced. Another name of the same
    file (a hard link) keeps the old bytes, so that a backup made of links does not change with what it backs up.

    Raises UserError, and leaves the file as it is, where it holds something else than `old`, is read-only, belongs
    to somebody to whom the new one could not be given, or where the system says no.
    """
    target = os.path.realpath(path)
    temporary = os.path.join(os.path.dirname(target), f".sitecheck-{os.urandom(8).hex()}.tmp")
    try:
        status = os.stat(target)
        if not stat.S_ISREG(status.st_mode) or not os.access(target, os.W_OK):
            raise UserError(f"{path}: not fixed: it is read-only; make it writable and run again")
        try:
            _write_copy(temporary, new, target, status)
            if bytes_of(target) != old:
                raise UserError(f"{path}: not fixed: it was changed by another program meanwhile; run again")
            os.replace(temporary, target)
        except BaseException:  # an interrupt too: nothing may be left lying about
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise UserError(
            f"{path}: not fixed: the file or its folder cannot be written: {error.strerror or error}"
        ) from error
    _sync_folder(os.path.dirname(target))


def bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _write_copy(temporary: str, new: bytes, target: str, status: os.stat_result) -> None:
    """A file of its own that holds `new`, is otherwise like `target`, and is safely on the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(temporary, flags, 0o600), "wb") as file:
        file.write(new)
        file.flush()
        _give_to_owner(temporary, target, status)
        _copy_extended_attributes(target, temporary)
        os.chmod(temporary, stat.S_IMODE(status.st_mode))  # last: a change of owner takes bits of the mode away
        os.fsync(file.fileno())


def _give_to_owner(temporary: str, target: str, status: os.stat_result) -> None:
    """Raises UserError where that takes rights we do not have: a web server might no longer be let in to read."""
    if sys.platform != "win32":
        ours = os.stat(temporary)
        if (ours.st_uid, ours.st_gid) != (status.st_uid, status.st_gid):
            try:
                os.chown(temporary, status.st_uid, status.st_gid)
            except PermissionError as error:
                owner = f"user {status.st_uid}, group {status.st_gid}"
                raise UserError(
                    f"{target}: not fixed: it would no longer belong to {owner}; run as its owner"
                ) from error


def _copy_extended_attributes(target: str, temporary: str) -> None:
    """As far as the file system and our rights allow. Elsewhere Python has no call for it."""
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(temporary, name, os.getxattr(target, name))


def _sync_folder(folder: str) -> None:
    """Have the new name survive a power cut, where a folder can be opened; the file is whole in any case."""
    if sys.platform != "win32":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
