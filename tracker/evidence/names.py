"""The name of a file, made fit to be shown and to be saved under on any machine. Pure."""

import re
import unicodedata

LONGEST = 120
LONGEST_IN_BYTES = 200
"""File systems take 255 bytes, and whoever saves the file may add " (1)"."""
NAMELESS = "evidence"
NOT_SHOWN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Unicode's control, format, surrogate, private and unassigned characters, and line ends. Among the
format characters are those that turn the direction of what follows: with one of them
"annexe[U+202E]fdp.exe" is shown as "annexeexe.pdf"."""
RESERVED = re.compile(r'[<>:"|?*]')
"""What Windows does not take in a name."""
DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
EXTENSION = re.compile(r"\.([A-Za-z0-9]{1,5})$")


def safe_name(raw: str) -> str:
    """Return the last part of a path without what could deceive or harm; never empty."""
    last = re.split(r"[/\\]", raw)[-1]
    shown = "".join(" " if each in "\t\r\n" else each for each in last if _is_shown(each))
    plain = RESERVED.sub("_", unicodedata.normalize("NFC", shown))
    name = " ".join(plain.split()).strip(" .")
    extension = extension_of(name)
    stem = name.removesuffix(f".{extension}") if extension else name
    stem = _cut(stem, room=len(extension) + 1).strip(" .") or NAMELESS
    if DEVICE.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{extension}" if extension else stem


def extension_of(name: str) -> str:
    """Return the letters after the last dot as they stand; "" where there are none."""
    found = EXTENSION.search(name)
    return found[1] if found else ""


def _is_shown(character: str) -> bool:
    return character in "\t\r\n" or unicodedata.category(character) not in NOT_SHOWN


def _cut(stem: str, *, room: int) -> str:
    kept = stem[: LONGEST - room - 1]
    while len(kept.encode()) > LONGEST_IN_BYTES - room - 1:
        kept = kept[:-1]
    return kept
