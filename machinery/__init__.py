"""What `make` runs before Django is there: the environment, the assets, set-up, and serving.

Only the standard library is imported here, and nothing of the application.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python must be told so in words
    sys.exit(
        "The tracker needs Python 3.11 or newer and this is Python %d.%d. "  # noqa: UP031  # old syntax for an old Python
        "Install a newer one, or name it: make PYTHON=python3.12 setup" % sys.version_info[:2]
    )
