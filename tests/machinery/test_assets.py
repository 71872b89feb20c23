"""What is built keeps the rules for services outside GOV.UK: no crest, no GOV.UK font, no blue."""

import json
from pathlib import Path

import pytest

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
