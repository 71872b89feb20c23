"""How static files are named and kept: hashed, compressed, cached for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hash the modules that a script imports as well: without this, an update breaks the pages."""

    support_js_module_import_aggregation = True
