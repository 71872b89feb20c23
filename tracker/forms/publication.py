"""Forms of what the Inspectorate published: wording, basis, withdrawal, transfer."""

from typing import Any, ClassVar

from tracker.domain import commands as c
from tracker.domain.vocabulary import Language
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import FreeText, OfferedField, SeveralOffered
from tracker.forms.sharing import SharedForm
from tracker.queries.offers import Offered
from tracker.queries.permitted import Situation


class LinkBasisForm(CommandForm):
    """The present basis is ticked: what is sent is the whole basis as it should be."""

    gives = c.LinkBasis
    heading = "Link the basis"
    button = "Link this basis"
    done = "The basis is linked."
    guidance = (
        "Tick what the recommendation rests on. What is ticked now is linked already; "
        "what you untick is no longer linked."
    )

    standards = SeveralOffered("Standards", offers=Offered.STANDARDS)
    key_questions = SeveralOffered(
        "Key questions",
        offers=Offered.KEY_QUESTIONS,
        hint="With the percentage of cases in which each was answered yes, and its band.",
    )
    findings = SeveralOffered("Findings of the report", offers=Offered.FINDINGS, coerce=int)
    themes = SeveralOffered("Themes", offers=Offered.THEMES)

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, situation=situation, **kwargs)
        for name in ("standards", "key_questions", "findings", "themes"):
            self.fields[name].initial = [str(each) for each in getattr(situation.state.basis, name)]


class CorrectWordingForm(CommandForm):
    """The English wording, filled in as it stands."""

    gives = c.CorrectWording
    heading = "Correct the wording"
    button = "Record the corrected wording"
    done = "The wording is corrected; the earlier wording stays readable."
    language: ClassVar[Language] = Language.ENGLISH

    wording = FreeText("How it should read", rows=8)
    reason = FreeText("Why the wording changes", rows=3)

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, situation=situation, **kwargs)
        self.fields["wording"].initial = self.present_wording(situation)
        self.fields["wording"].widget.attrs["lang"] = self.language.value

    @staticmethod
    def present_wording(situation: Situation) -> str:
        """Return the wording as it stands."""
        return situation.progress.wording

    def command(self) -> c.CorrectWording:
        cleaned = self.cleaned_data
        return c.CorrectWording(
            wording=cleaned["wording"], reason=cleaned["reason"], language=self.language
        )


class RecordWelshWordingForm(CorrectWordingForm):
    """The Welsh wording, with the English before one's eyes; a translation never replaces it."""

    heading = "Record the Welsh wording"
    button = "Record the Welsh wording"
    done = "The Welsh wording is recorded beside the English."
    aside = "admin/tracker/english_wording.html"
    language = Language.WELSH
    field_order = ("wording",)

    wording = FreeText("Welsh wording", rows=8)
    reason = FreeText("Why it is recorded or changed", rows=3)

    @classmethod
    def slug(cls) -> str:
        return "record-welsh-wording"

    @staticmethod
    def present_wording(situation: Situation) -> str:
        return situation.progress.wording_cy or situation.recommendation.text_cy


class WithdrawPublicationForm(SharedForm):
    gives = c.WithdrawPublication
    heading = "Withdraw the publication"
    button = "Withdraw the publication"
    done = "The publication is withdrawn; everything stays readable to those who could see it."
    guidance = (
        "This cannot be taken back. Nothing more can be recorded about the recommendation "
        "afterwards, and no date of it is due any more. What was recorded stays readable."
    )

    reason = FreeText("Why the publication is withdrawn")


class TransferRecommendationForm(SharedForm):
    gives = c.TransferRecommendation
    heading = "Transfer to the successor"
    button = "Transfer the recommendation"
    done = "The recommendation is transferred: the successor answers for it from now on."
    guidance = (
        "For mergers and renamings only. The people of the successor see and answer for the "
        "recommendation from now on; those of the former provider no longer see it."
    )

    to_provider_id = OfferedField("Successor", offers=Offered.SUCCESSORS, coerce=int)
    reason = FreeText("Why it passes to the successor", rows=3)
