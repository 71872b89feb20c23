"""Response headers that every page carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# Swagger UI writes style attributes; the exception holds for its page alone.
POLICY_FOR_API_DOCS = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
API_DOCS_PATH = "/api/docs/"


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Forbid inline scripts and styles and every foreign host; a view may forbid more."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_docs = request.path.startswith(API_DOCS_PATH)
        policy = POLICY_FOR_API_DOCS if is_docs else POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response

    return middleware


def keep_private_pages_out_of_caches(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let no cache keep what a signed-in person was shown, unless the view says otherwise."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        # Only who brings a session is asked after: asking makes each answer vary by the cookie.
        brings_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if brings_session and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
