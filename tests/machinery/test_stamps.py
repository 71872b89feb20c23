"""A step is skipped when, and only when, nothing that it was fed has changed."""

from pathlib import Path

from machinery.stamps import fingerprint, is_current, mark


def test_the_same_files_give_the_same_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "scss").mkdir()
    (tmp_path / "scss" / "app.scss").write_text("a { color: red }")

    once = fingerprint([tmp_path / "scss"], root=tmp_path)

    assert fingerprint([tmp_path / "scss"], root=tmp_path) == once


def test_a_changed_byte_a_new_name_and_a_new_file_each_change_the_fingerprint(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "scss"
    folder.mkdir()
    sheet = folder / "app.scss"
    sheet.write_text("a")
    seen = [fingerprint([folder], root=tmp_path)]

    sheet.write_text("b")
    seen.append(fingerprint([folder], root=tmp_path))
    sheet.rename(folder / "site.scss")
    seen.append(fingerprint([folder], root=tmp_path))
    (folder / "print.scss").write_text("")
    seen.append(fingerprint([folder], root=tmp_path))

    assert len(set(seen)) == 4


def test_a_stamp_is_current_only_for_what_was_marked(tmp_path: Path) -> None:
    stamp = tmp_path / ".stamp"

    assert not is_current(stamp, "abc")
    mark(stamp, "abc")
    assert is_current(stamp, "abc")
    assert not is_current(stamp, "abd")
