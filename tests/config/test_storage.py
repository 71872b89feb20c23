"""Static files carry a hash in their names, and so do the modules that a script imports."""

from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.core.files.storage.handler import StorageHandler


def test_a_script_imports_its_modules_by_their_hashed_names(tmp_path: Path) -> None:
    static = tmp_path / "static"
    static.mkdir()
    (static / "init.js").write_text('import { initAll } from "./toolkit.js";\ninitAll();\n')
    (static / "toolkit.js").write_text("export function initAll() {}\n")
    source = FileSystemStorage(location=static)
    storage: Any = StorageHandler().create_storage(
        {
            "BACKEND": "config.storage.HashedStaticFilesStorage",
            "OPTIONS": {"location": static, "base_url": "/static/"},
        }
    )

    files = {name: (source, name) for name in ("init.js", "toolkit.js")}
    failures = [
        result for _, _, result in storage.post_process(files) if not isinstance(result, bool)
    ]

    toolkit = storage.stored_name("toolkit.js")
    assert failures == []
    assert toolkit != "toolkit.js"
    assert f"./{toolkit}" in (static / storage.stored_name("init.js")).read_text()
