"""The API: its description is open, all else asks for a session or a token."""

from collections.abc import Mapping

from tests.permissions.door import Door, Frame, api

OPEN = (Door(frame=Frame.OPEN),)

API: Mapping[str, tuple[Door, ...]] = {
    "schema": OPEN,
    "api_docs": OPEN,
    "api_providers": (api(),),
    "api_inspections": (api(),),
    "api_recommendations": (api(),),
    "api_recommendation": (api(about="recommendation"),),
    "api_timeline": (api(about="recommendation"),),
}
