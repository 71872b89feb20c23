"""Reports to import, and people before the pages of the import."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from inspections.models import Inspection, Membership, Provider
from inspections.report_import import import_report
from tests.visitor import Visitor
from tests.world import make_provider, make_user

SAMPLE = Path("inspections/sample_report/example_valleys_pdu.txt")


@pytest.fixture
def sample() -> str:
    return SAMPLE.read_text(encoding="utf-8")


@pytest.fixture
def unit() -> Provider:
    return make_provider("Example Valleys PDU")


@pytest.fixture
def draft(unit: Provider) -> Inspection:
    return import_report(source=SAMPLE.read_bytes(), now=timezone.now()).inspection


@pytest.fixture
def ada() -> User:
    return make_user("Ada Admin", Membership.Role.HMIP_ADMINISTRATOR)


@pytest.fixture
def administrator(ada: User) -> Visitor:
    return Visitor(ada)


@pytest.fixture
def inspector() -> User:
    return make_user("Ina Inspector", Membership.Role.INSPECTOR)
