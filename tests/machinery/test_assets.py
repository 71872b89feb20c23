"""What is built keeps the rules for services outside GOV.UK: no crest, no GOV.UK font, no blue."""

import json
from pathlib import Path

import pytest

from machinery import assets
from machinery.assets import (
    ASSETS,
    BUILT,
    GOVUK_BLUE,
    NODE_LOCK,
    images_of,
    unbranded,
    without_source_map,
)
from machinery.steps import SetupFailed


def built(name: str) -> str:
    path: Path = BUILT / name
    if not path.exists():
        pytest.fail("The front end has not been built. Run the tests with: make test")
    return path.read_text(encoding="utf-8")


def test_the_crest_is_taken_out() -> None:
    sheet = '.f{background-image:url("images/govuk-crest.svg");color:red}'

    assert unbranded(sheet) == ".f{background-image:none;color:red}"


@pytest.mark.parametrize(
    "branded",
    [
        'body{font-family:"GDS Transport",arial}',
        "@font-face{font-family:x}",
        "a{background:url(images/govuk-logotype-crown.png)}",
    ],
)
def test_a_stylesheet_that_is_still_branded_stops_the_build(branded: str) -> None:
    with pytest.raises(SetupFailed, match="which only"):
        unbranded(branded)


def test_the_built_stylesheet_is_ours() -> None:
    sheet = built("app.css")

    assert unbranded(sheet) == sheet
    assert GOVUK_BLUE not in sheet
    assert "#12436d" in sheet
    assert "sourceMappingURL" not in sheet


def test_the_built_stylesheet_asks_only_for_images_that_are_there() -> None:
    wanted = images_of(built("app.css"))

    assert wanted
    assert wanted == {image.name for image in (BUILT / "images").iterdir()}


def test_no_built_script_points_to_a_source_map() -> None:
    for name in ("govuk-frontend.min.js", "moj-frontend.min.js"):
        assert "sourceMappingURL" not in built(name)


def test_a_link_to_a_source_map_is_cut_wherever_the_last_line_begins() -> None:
    assert without_source_map("f();//# sourceMappingURL=f.js.map\n") == "f();"
    assert without_source_map("f();\n//# sourceMappingURL=f.js.map") == "f();\n"


def test_the_locks_name_hashes_and_no_download_address() -> None:
    text = (ASSETS / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]

    assert '"resolved"' not in text
    assert all("integrity" in package for name, package in packages.items() if name)
    assert "--hash=sha256:" in NODE_LOCK.read_text(encoding="utf-8")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder where programs are looked for."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def put(folder: Path, name: str, says: str) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n", encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize("version", ["v18.0.0", "v24.11.1"])
def test_a_node_of_the_system_that_is_new_enough_is_taken(programs: Path, version: str) -> None:
    node, npm = put(programs, "node", version), put(programs, "npm", "10")
    assert assets._find_node() == (node, [str(npm)])


@pytest.mark.parametrize("version", ["v17.9.1", "v9.11.2", "v0.10.48", "Illegal instruction", ""])
def test_a_node_of_the_system_that_is_too_old_or_broken_is_passed_over(
    programs: Path, version: str
) -> None:
    put(programs, "node", version)
    put(programs, "npm", "10")
    assert assets._find_node() is None


def test_a_node_that_fails_or_has_no_npm_is_passed_over(programs: Path) -> None:
    node = put(programs, "node", "v24.11.1")
    assert assets._find_node() is None
    put(programs, "npm", "10")
    node.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    assert assets._find_node() is None
