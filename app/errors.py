"""What can go wrong, in words for the person it reaches; no error here knows HTTP.

DomainError
├── NotFound        the thing asked for is not here
│   └── InvitationUnknown  two facts fit no invitation that is open
├── NotAllowed      the actor may not; carries what the access log must say
│   └── FreshLoginNeeded  they may once they have logged in anew
├── NotLoggedIn     nobody is acting
│   ├── LoginFailed a login at the provider did not become a session
│   └── DeviceRefused  a device's request does not hold, or its person must log in anew
├── Invalid         what was sent cannot be understood
│   ├── Refused     a file or an answer was refused whole
│   └── NotVerified a signed text is not what it must be, or not signed by whom it must
├── Conflict        it does not fit what is already known
│   ├── Stale       what it was said about has changed since
│   ├── NonceUsed   a signed request was sent before
│   └── WrongStep   an invitation or a delegation cannot take this step
└── NotReady        the installation lacks a setting, a key or a migration
"""

from typing import Any, Literal


class DomainError(Exception):
    """One sentence for the person it reaches, and a stable ``code`` for programs.

    ``detail`` never holds a CPR number, a name or anything clinical: it may end in a log.
    """

    code = "error"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotFound(DomainError):
    """The thing asked for is not here, or is not the actor's to know of."""

    code = "not_found"


class InvitationUnknown(NotFound):
    """A code and a date of birth do not fit an invitation that is open; which of the two is wrong is never told."""

    code = "invitation_unknown"


class NotAllowed(DomainError):
    """The actor may not do this. ``refusal`` is what the access log must say about it, if anything."""

    code = "not_allowed"

    def __init__(self, detail: str, refusal: Any = None) -> None:
        super().__init__(detail)
        self.refusal = refusal


class NotLoggedIn(DomainError):
    """Nobody is acting: there is no session, or it has ended."""

    code = "not_logged_in"


class FreshLoginNeeded(NotAllowed):
    """The actor may do this, but logged in too long ago: they must show anew who they are."""

    code = "fresh_login_needed"


LoginFault = Literal["cancelled", "expired", "no_cpr", "no_role", "too_weak", "refused", "unreachable"]


class LoginFailed(NotLoggedIn):
    """A login at the provider did not become a session; ``fault`` is the reason that the page puts in words.

    ``cancelled`` by the person · ``expired`` took too long, or was used before · ``no_cpr`` the login carries no CPR
    number · ``no_role`` a login of staff that lets nobody ask anything here · ``too_weak`` a lower level of assurance
    than substantial · ``refused`` it does not hold · ``unreachable`` the provider does not answer, or not as it should.
    """

    code = "login_failed"

    def __init__(self, fault: LoginFault, detail: str) -> None:
        super().__init__(detail)
        self.fault: LoginFault = fault


DeviceFault = Literal["device_unknown", "signature_wrong", "login_needed"]


class DeviceRefused(NotLoggedIn):
    """A device's request does not hold; what waits on the device stays there. ``code`` is the fault.

    ``device_unknown`` no such device, or not proved yet · ``signature_wrong`` not signed by it, or something else was ·
    ``login_needed`` its person last logged in on it too long ago.
    """

    def __init__(self, fault: DeviceFault, detail: str) -> None:
        super().__init__(detail)
        self.code = fault


class Invalid(DomainError):
    """What was sent cannot be understood."""

    code = "invalid"


class Refused(Invalid):
    """A file or a source's answer is refused whole; nothing of it was kept."""

    code = "refused"


class NotVerified(Invalid):
    """A signed text is not what it must be, or was not signed with one of the keys at hand."""

    code = "not_verified"


class Conflict(DomainError):
    """It does not fit what is already known."""

    code = "conflict"


class Stale(Conflict):
    """What this was said about has changed since; nothing was kept, and the person must look again."""

    code = "stale"


class NonceUsed(Conflict):
    """A signed request was sent before, or is too old to tell; a new one with a new nonce may follow."""

    code = "nonce_used"


class WrongStep(Conflict):
    """An invitation or a delegation cannot take this step; ``code`` is stable, and says how it stands."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


class NotReady(DomainError):
    """The installation lacks a setting, a key or a migration; ``detail`` names it and the command that mends it."""

    code = "not_ready"


class SourceFailed(DomainError):
    """A source did not answer in time, or answered what cannot be used. What we know already stays as it is."""

    code = "source_failed"
