"""English words of the guidance paper."""

from collections.abc import Mapping

from certserver.applications.permissions import NotHere, SiteKind
from certserver.applications.places import Procedure

PROCEDURES: Mapping[Procedure, str] = {
    Procedure.FORM_SUPPORT: "Help with applying for a My Number card",
    Procedure.CARD_APPLICATION: "Applying for a My Number card",
    Procedure.EXPRESS: "Applying for express issuance",
    Procedure.CARD_DELIVERY: "Collecting a My Number card",
    Procedure.PROXY_DELIVERY: "Collecting a card for somebody else",
    Procedure.X509_ISSUE: "Issuing a digital certificate",
    Procedure.X509_RENEWAL: "Renewing a digital certificate",
    Procedure.X509_REVOCATION: "Revoking a digital certificate",
    Procedure.PIN_CHANGE: "Changing a PIN",
    Procedure.PIN_RESET: "Resetting a PIN",
    Procedure.FACE_AUTH_SWITCH: "Switching to a face-authentication card",
    Procedure.LOSS_REPORT: "Reporting a lost card",
    Procedure.CONTINUED_USE: "Keeping the card when leaving Japan",
}

SITES: Mapping[SiteKind, str] = {
    SiteKind.CONSULATE: "Embassy or consulate",
    SiteKind.FIELD_INTAKE: "Visit of municipal staff",
    SiteKind.FIELD_SUPPORT: "Visit of helpers",
    SiteKind.MUNICIPAL_COUNTER: "Counter of your municipality",
    SiteKind.POST_OFFICE: "Post office",
}

WHY_NOT_HERE: Mapping[NotHere, str] = {
    NotHere.NEVER_HERE: "This can't be done here.",
    NotHere.NOT_YET_OR_ANY_MORE: "This can't be done here today.",
    NotHere.NOT_COMMISSIONED: "This is not handled here.",
    NotHere.NOTHING_BEHIND_IT: "This has not begun here yet.",
    NotHere.ONLY_ABROAD: "This counter is for people who live abroad.",
    NotHere.RESIDENTS_ONLY: "Only people who live in this municipality are served here.",
    NotHere.OTHER_COMER: "Only the person concerned can do this here.",
    NotHere.OTHER_ROLE: "Another member of staff does this.",
}
