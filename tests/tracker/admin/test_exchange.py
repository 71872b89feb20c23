"""The doors of imports and exports: a file goes in, is looked at, confirmed, and told about."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from tests.tracker.exchange.sheets import (
    FIGURE,
    HAPPENED_ON,
    REFERENCE,
    UPDATE,
    csv_file,
    figure,
    update,
    workbook,
)
from tests.tracker.story import NOW, Story
from tests.visitor import Visitor
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.exchange import asking, working
from tracker.models import Event, ExchangeJob

LIST = "/admin/tracker/exchangejob/"
EXPORT, IMPORT = f"{LIST}export/open-actions/", f"{LIST}import/monthly-updates/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def story(story: Story) -> Story:
    story.plan()
    return story


def export(visitor: Visitor, *, whose: str = "all", file_format: str = "xlsx") -> Any:
    """Ask for the open actions and follow to the file."""
    sent = {"whose": whose, "file_format": file_format}
    return visitor.client.post(EXPORT, sent, follow=True)


def lines(response: Any) -> list[dict[str, Any]]:
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    titles, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, titles), row, strict=True)) for row in rows]


def upload(visitor: Visitor, content: bytes, name: str = "november.xlsx") -> Any:
    """Choose the file and send it; return the page that comes."""
    return visitor.client.post(IMPORT, {"file": SimpleUploadedFile(name, content)}, follow=True)


def press(visitor: Visitor, page: Any, **buttons: Any) -> Any:
    address = page.redirect_chain[-1][0] if page.redirect_chain else page.request["PATH_INFO"]
    return visitor.client.post(address, buttons, follow=True)


def test_the_round_trip_of_a_month(story: Story, lead: Visitor) -> None:
    file = export(lead)
    assert file["Content-Disposition"] == 'attachment; filename="open-actions-2026-11-22.xlsx"'
    assert "no-store" in file["Cache-Control"]
    assert file["X-Content-Type-Options"] == "nosniff"
    (line,) = lines(file)
    preview = upload(lead, workbook([update(line)]))
    text = preview.content.decode()
    assert "Record the update of 3 November 2026: Two teams trained" in text
    assert "Record them: 1 row" in text
    assert "then confirm by 29 November 2026" in text
    assert not Event.objects.filter(type="progress_update_recorded").exists()
    result = press(lead, preview).content.decode()
    assert "The import is done." in result
    assert "Two teams trained" not in result, "its words are deleted"
    assert "Progress updated." in result, "what was done is said without them"
    assert "SHA-256" not in result
    assert Event.objects.filter(type="progress_update_recorded").count() == 1
    assert "november.xlsx" in lead.read(LIST)


def test_a_csv_file_does_as_well(story: Story, lead: Visitor) -> None:
    text = export(lead, file_format="csv").content.decode("utf-8-sig")
    assert "Train every practitioner" in text
    (line,) = lines(export(lead))
    filled = {key: line[key] for key in (REFERENCE, UPDATE, HAPPENED_ON)}
    page = upload(lead, csv_file([update(filled, on="03/11/2026")]), "november.csv")
    assert "Record the update of 3 November 2026" in page.content.decode()


def test_a_refusal_stands_at_the_field_and_nothing_is_left(story: Story, lead: Visitor) -> None:
    page = upload(lead, b"MZ not a workbook")
    assert "it is not one" in page.context["form"].errors["file"][0]
    assert lead.client.post(IMPORT).context["form"].errors["file"] == [
        "Choose the file that you want to import."
    ]
    job = ExchangeJob.objects.get()
    assert (job.state, job.stored_as) == ("refused", "")


@pytest.mark.parametrize("size", [1024 * 1024 + 1, 3 * 1024 * 1024])
def test_a_file_that_is_too_large_is_not_even_kept(lead: Visitor, settings: Any, size: int) -> None:
    settings.EXCHANGE_LARGEST_UPLOAD, settings.LARGEST_UPLOAD = 1024 * 1024, 2 * 1024 * 1024
    page = upload(lead, b"x" * size)
    assert page.context["form"].errors["file"] == [
        "The file is larger than 1 MB; leave out what is not part of the table, or split it."
    ]
    assert page.content.decode().count("enctype=") == 1
    assert not ExchangeJob.objects.exists()


def test_a_flagged_row_is_ticked_on_the_preview(story: Story, lead: Visitor) -> None:
    (line,) = lines(export(lead))
    story.tell(c.ReviewWithoutChange())
    preview = upload(lead, workbook([update(line)]))
    assert "reviewed, no change by Lena Lead" in preview.content.decode()
    assert "Record them: the rows ticked" in preview.content.decode()
    unticked = press(lead, preview, shown="1")
    assert "Skipped" in unticked.content.decode()
    again = upload(lead, workbook([update(line)]))
    done = press(lead, again, shown="1", include="1").content.decode()
    assert "Done" in done
    assert "reviewed, no change by" not in done, "it is settled, so what was recorded stands there"
    assert Event.objects.filter(type="progress_update_recorded").count() == 1


def test_an_import_confirmed_twice_is_done_once_and_discarded_is_never(
    story: Story, lead: Visitor
) -> None:
    (line,) = lines(export(lead))
    preview = upload(lead, workbook([update(line)]))
    press(lead, preview)
    assert "confirmed, discarded or deleted meanwhile" in press(lead, preview).content.decode()
    assert Event.objects.filter(type="progress_update_recorded").count() == 1
    other = upload(lead, workbook([update(line, "Three teams trained")]))
    assert "was discarded" in press(lead, other, _discard="1").content.decode()
    assert "meanwhile" in press(lead, other).content.decode()
    assert Event.objects.filter(type="progress_update_recorded").count() == 1


def test_a_large_file_is_read_in_the_background_and_shows_its_progress(
    story: Story, lead: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "BYTES_READ_AT_ONCE", 10)
    (line,) = lines(export(lead))
    page = upload(lead, workbook([update(line)]))
    address = page.redirect_chain[-1][0]
    assert "The file is being read" in page.content.decode()
    job = ExchangeJob.objects.get(direction="import")
    ExchangeJob.objects.filter(pk=job.pk).update(rows_in_all=5000, rows_behind=200)
    assert '<progress id="progress" max="5000" value="200">' in lead.read(address)
    working.do_what_waits(lambda: NOW)
    assert "Record them: 1 row" in lead.read(address)


def test_the_kinds_and_roles_that_are_not_there(
    story: Story, people: dict[str, User], foreign: Story
) -> None:
    inspector, region = Visitor(people["inspector"]), Visitor(people["regional lead"])
    for path in (EXPORT, IMPORT):
        assert inspector.get(path).status_code == 403
        assert region.get(path).status_code == 200
    assert inspector.get(f"{LIST}import/no-such-kind/").status_code == 404
    assert inspector.read(LIST)


def test_a_job_is_seen_by_the_person_who_asked_for_it_alone(
    story: Story, lead: Visitor, people: dict[str, User]
) -> None:
    export(lead)
    job = ExchangeJob.objects.get()
    second = Visitor(make_user("Lou Lead", Role.PDU_LEAD, story.unit))
    for other in (second, Visitor(people["administrator"])):
        for path in (f"{LIST}{job.pk}/change/", f"{LIST}{job.pk}/file/"):
            assert other.get(path).status_code == 404
        assert str(job.pk) not in other.read(LIST)


def test_an_export_is_fetched_only_while_all_it_holds_may_be_read(
    story: Story, lead: Visitor
) -> None:
    address = f"{LIST}{{}}/file/"
    export(lead)
    job = ExchangeJob.objects.get()
    assert lead.get(address.format(job.pk)).status_code == 200
    story.lead.memberships.update(provider=Story("Southmarch PDU").unit)
    response = lead.client.get(address.format(job.pk), follow=True)
    assert "what you may not read any more" in response.content.decode()
    assert job.sha256 in response.content.decode(), "it is known again by this, should it turn up"
    assert "Northmarch" not in response.content.decode().replace("Northmarch Region", "")


def test_a_preview_shows_nothing_of_what_may_not_be_read_any_more(
    story: Story, lead: Visitor
) -> None:
    (line,) = lines(export(lead))
    preview = upload(lead, workbook([update(line)]))
    story.lead.memberships.update(provider=Story("Southmarch PDU").unit)
    page = lead.read(preview.redirect_chain[-1][0])
    assert "You may not read this recommendation any more." in page
    assert "Train every practitioner" not in page
    assert "Skipped" in press(lead, preview).content.decode()
    assert not Event.objects.filter(type="progress_update_recorded").exists()


def test_a_figure_is_recorded_from_the_sheet(story: Story, lead: Visitor) -> None:
    from tracker.domain.vocabulary import Better, MeasureUnit
    from tracker.models import MeasureFigure

    story.tell(
        c.DefineMeasure(wording="Oversight effective", better=Better.MORE, unit=MeasureUnit.N_OF_M)
    )
    (line,) = lines(export(lead))
    assert line["Measure"] == "Oversight effective"
    press(lead, upload(lead, workbook([figure(line)])))
    stored = MeasureFigure.objects.get()
    assert (stored.source, stored.value["n"], stored.value["m"]) == ("dip_sample", 9, 20)
    assert line[FIGURE] is None


def test_the_list_says_in_words_how_each_stands(story: Story, lead: Visitor) -> None:
    assert "You have not brought in a file yet" in lead.read(LIST)
    (line,) = lines(export(lead))
    upload(lead, workbook([update(line)]))
    text = lead.read(LIST)
    assert "Ready to download" in text
    assert "To be confirmed" in text


def test_who_records_updates_finds_the_way_from_the_list_of_actions(
    story: Story, lead: Visitor, people: dict[str, User]
) -> None:
    actions = "/admin/tracker/actionprogress/"
    for path in (EXPORT, IMPORT):
        assert path in lead.read(actions)
        assert path not in Visitor(people["inspector"]).read(actions)
