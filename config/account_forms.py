"""The sign-in form in plain words. What it checks is allauth's business."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say("login", "Username or email address", "Enter your username or email address")
        self._say("password", "Password", "Enter your password")
        if "remember" in self.fields:  # absent where settings decide for everyone
            self.fields["remember"].label = "Remember me"

    def _say(self, name: str, label: str, when_missing: str) -> None:
        self.fields[name].label = label
        self.fields[name].error_messages["required"] = when_missing
