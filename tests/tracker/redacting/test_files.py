"""Files that are to go are deleted once that is committed, and again where it was cut short."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.tracker.story import NOW
from tracker.models import FileToDelete
from tracker.services.redacting.files import delete_after_commit
from tracker.tasks import delete_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage(settings: LazySettings, tmp_path: Path) -> Storage:
    backend = "django.core.files.storage.FileSystemStorage"
    kept = {"BACKEND": backend, "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "kept": kept}
    return storages["kept"]


@pytest.fixture
def name(storage: Storage) -> str:
    return storage.save("2026/plan.csv", ContentFile(b"words"))


def test_the_file_goes_when_the_transaction_is_committed(
    storage: Storage,
    name: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        delete_after_commit(storage="kept", name=name, now=NOW)
        assert storage.exists(name), "not before"
    assert not storage.exists(name)
    assert not FileToDelete.objects.exists()


def test_the_file_stays_when_the_transaction_is_rolled_back(storage: Storage, name: str) -> None:
    with transaction.atomic():
        delete_after_commit(storage="kept", name=name, now=NOW)
        transaction.set_rollback(True)
    delete_files()
    assert storage.exists(name)


def test_a_crash_before_the_deed_is_made_good_by_the_sweep(storage: Storage, name: str) -> None:
    delete_after_commit(storage="kept", name=name, now=NOW)
    delete_after_commit(storage="kept", name=name, now=NOW)
    assert storage.exists(name), "what follows the commit never came"
    delete_files()
    assert not storage.exists(name)
    assert not FileToDelete.objects.exists()


def test_what_cannot_be_deleted_stays_on_the_list_and_stops_no_other(
    storage: Storage, name: str, tmp_path: Path
) -> None:
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    (tmp_path / "folder" / "inside" / "file").touch()
    delete_after_commit(storage="kept", name="folder", now=NOW)
    delete_after_commit(storage="kept", name=name, now=NOW)
    delete_files()
    assert not storage.exists(name)
    assert [each.name for each in FileToDelete.objects.all()] == ["folder"]
