"""The forms of accounts: an invitation, the person's particulars, and a reason."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from inspections.accounts import LONGEST_ADDRESS, TAKEN, is_anothers_address
from inspections.warned_form import WarnedForm

OPERATOR = "Runs the service: keeps people, memberships, providers and practice."
SHUT_OUT = "This account is deactivated; reactivate it before you make the person an operator."
STAYS_OPERATOR = "Nobody gives up the operator’s part themselves; ask another operator."


class InvitationForm(forms.Form):
    button = "Send the invitation"
    guidance = (
        "The person gets an email with a link to choose a password. Give them a role next: what "
        "they see and do follows from their roles."
    )
    use_required_attribute = False

    email = forms.EmailField(
        label="Email address",
        error_messages={
            "required": "Enter the email address of the person.",
            "invalid": "Enter a whole email address, as in name@example.org.",
        },
    )
    first_name = forms.CharField(
        label="First name", max_length=100, error_messages={"required": "Enter the first name."}
    )
    last_name = forms.CharField(
        label="Last name", max_length=100, error_messages={"required": "Enter the last name."}
    )


class ReasonForm(WarnedForm):
    button = "Deactivate the account"
    use_required_attribute = False

    reason = forms.CharField(
        label="Why the account is deactivated",
        max_length=500,
        help_text="It stays on record beside your name.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the account is deactivated."},
    )


class ConfirmForm(forms.Form):
    """Asks for nothing but the button."""

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.button = button


class PersonForm(forms.ModelForm[User]):
    """The particulars of a person; the account's state has pages of its own."""

    email = forms.EmailField(
        label="Email address",
        max_length=LONGEST_ADDRESS,
        help_text="Mail goes there, and links to choose a password.",
        widget=forms.EmailInput(attrs={"size": 40}),
        error_messages={"required": "Enter the email address of the person."},
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "email", "is_superuser")
        labels = {"is_superuser": "Operator"}
        help_texts = {"is_superuser": OPERATOR}

    actor: Any = None

    def clean_email(self) -> str:
        """Refuse an address that is another's: mail and sign-in find one person by it."""
        email: str = self.cleaned_data["email"]
        if is_anothers_address(email, self.instance):
            raise ValidationError(TAKEN)
        return email

    def clean_is_superuser(self) -> bool:
        """Keep at least one operator: whoever takes the part away is one.

        A form that was opened before a deactivation does not give the part back.
        """
        wanted: bool = self.cleaned_data["is_superuser"]
        if wanted and not self.instance.is_active:
            raise ValidationError(SHUT_OUT)
        if self.actor is not None and self.instance.pk == self.actor.pk and not wanted:
            raise ValidationError(STAYS_OPERATOR)
        return wanted
