"""Signing in and up: an e-mail is enough; a password is for those who want one."""

from allauth.account.forms import LoginForm, SignupForm
from django.utils.translation import gettext as _


class SignInForm(LoginForm):
    """With a password it is checked; without one a code is sent."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        password = self.fields["password"]
        password.required = False
        password.label = _("Password, if you have set one")
        password.help_text = _("Leave it empty and we send you a code instead.")


class SignUpForm(SignupForm):
    """Asks for an e-mail address and nothing else; a password can be set afterwards."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)
