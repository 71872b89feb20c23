"""The pages for reading, the probes, and what stands open to the world."""

from collections.abc import Mapping

from tests.permissions.door import Door, Frame, page

OPEN = (Door(frame=Frame.OPEN),)

PAGES: Mapping[str, tuple[Door, ...]] = {
    "healthz": OPEN,
    "readyz": OPEN,
    "accessibility_statement": OPEN,
    "cookies": OPEN,
    "start": (page(shows_unreleased=True),),
    "recommendation_list": (page(),),
    "recommendation_detail": (page(about="recommendation"),),
    "evidence_file": (page(about="evidence file"),),
    "recommendation_together": (page(about="recommendation"),),
    "inspection_list": (page(shows_unreleased=True),),
    "inspection_detail": (page(about="inspection", shows_unreleased=True),),
}
