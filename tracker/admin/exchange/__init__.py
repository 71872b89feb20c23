"""Files in and out, for the person who brought or asked for them, and for nobody else.

`uploading` takes a file in, `exporting` takes an order, and both lead to the page of a job (`job`),
which shows progress, the preview, what was done, or where the file is. Another door that knows what
a file is about, as an inspection's, hands `upload_page` and `export_page` its kind and parameters.
"""

from tracker.admin.exchange.exporting import export_page
from tracker.admin.exchange.listing import ExchangeJobAdmin
from tracker.admin.exchange.uploading import upload_page

__all__ = ["ExchangeJobAdmin", "export_page", "upload_page"]
