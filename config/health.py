"""Whether the service lives, and whether it is fit to serve: for probes, not for people."""

from collections.abc import Iterator

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.append_only import protection_is_standing
from tracker.queries.evidence_files import scan_backlog


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say that the process answers; it asks nothing else, so that a slow database kills nobody."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Say whether requests can be served: 200, or 503 with a sentence for each fault.

    Notices are for whoever runs the service; they take it off no balancer.
    """
    faults = list(_faults())
    answer = {"ready": not faults, "faults": faults, "notices": [] if faults else list(_notices())}
    return JsonResponse(answer, status=503 if faults else 200)


def _notices() -> Iterator[str]:
    """Yield what an operator should look after, while requests are served all the same."""
    yield from scan_backlog(timezone.now())


def _faults() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "Migrations are waiting to be applied."
        yield from protection_is_standing()
    except DatabaseError:
        yield "The database cannot be reached."
