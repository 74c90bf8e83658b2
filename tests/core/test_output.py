"""What is written goes where its name leads: through pipes and links, whole or not at all."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from kaoji.core.output import written_whole


def write(path: Path, content: bytes = b"new") -> None:
    with written_whole(path) as stream:
        stream.write(content)


def test_a_new_file_has_the_usual_mode(tmp_path: Path):
    mask = os.umask(0o027)
    try:
        write(tmp_path / "a")
    finally:
        os.umask(mask)

    assert (tmp_path / "a").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_a_file_keeps_its_mode(tmp_path: Path):
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(0o600)

    write(file)

    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path):
    file, link = tmp_path / "a", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to("a")

    write(link)

    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_a_link_to_nothing_makes_what_it_names(tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to("a")

    write(link)

    assert link.is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_all_names_of_a_file_stay_names_of_one_file(tmp_path: Path):
    file, other = tmp_path / "a", tmp_path / "b"
    file.write_bytes(b"old, and longer")
    os.link(file, other)

    write(file)

    assert other.read_bytes() == b"new"
    assert file.stat().st_ino == other.stat().st_ino


def test_a_pipe_is_written_through_and_stays_a_pipe(tmp_path: Path):
    """As /dev/null must stay a device; a pipe is one that a test may risk."""
    pipe, came = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: came.append(pipe.read_bytes()), daemon=True)
    reader.start()

    write(pipe)

    reader.join(5)
    assert came == [b"new"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_a_pipe_without_a_name_of_its_own_is_written_through():
    """Behind /dev/stdout and >(…) there is a pipe that no other path leads to."""
    reading, writing = os.pipe()
    write(Path(f"/proc/self/fd/{writing}"))
    os.close(writing)

    assert os.read(reading, 10) == b"new"
    os.close(reading)


def test_a_device_is_written_through_and_stays_a_device():
    ours, theirs = os.openpty()
    device = Path(os.ttyname(theirs))

    write(device, b"new\n")

    assert os.read(ours, 100).strip() == b"new"
    assert stat.S_ISCHR(device.stat().st_mode)


def test_what_fails_on_the_way_changes_nothing_and_leaves_nothing_behind(tmp_path: Path):
    file = tmp_path / "a"
    file.write_bytes(b"old")

    def half_written() -> None:
        with written_whole(file) as stream:
            stream.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_written()

    assert file.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a"]


def test_a_folder_is_refused(tmp_path: Path):
    with pytest.raises(OSError, match=str(tmp_path)):
        write(tmp_path)
