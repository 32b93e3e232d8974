"""The explanations in plain English, picture by picture as in Japanese."""

from collections.abc import Mapping

from certserver.papers.explanations import Answer, Explanation, PinKind, Told
from certserver.papers.kinds import PaperKind
from certserver.papers.pictures import Picture

_INTENT = Explanation(
    "Do you want a My Number card?",
    (
        Told(Picture.CARD, "It is a card with your name, your address, your photo and your number."),
        Told(Picture.PERSON, "With it you can show who you are: at a hospital, at the city hall and elsewhere."),
        Told(Picture.CHOICE, "You decide whether to have one. You need not."),
        Told(Picture.STOP, "You can stop at any time. Just say so."),
        Told(Picture.QUESTION, "Ask as often as you like. We explain once more, slowly."),
    ),
    "Point at your answer",
    answers=(
        Answer(Picture.RING, "Yes,\nI want one"),
        Answer(Picture.CROSS, "No,\nI do not"),
        Answer(Picture.HEAR, "Please explain\nagain"),
        Answer(Picture.QUESTION, "I do not\nunderstand"),
        Answer(Picture.HELPER, "I want to talk\nto somebody"),
        Answer(Picture.CUP, "I need\na rest"),
    ),
)

_PINS = Explanation(
    "Choosing your PINs",
    (
        Told(Picture.LOCK, "A PIN is the key to your card."),
        Told(Picture.KEYS_HIDDEN, "Choose it yourself and type it yourself. Show or tell it to nobody."),
        Told(Picture.NOT_ALIKE, "PINs such as 1111 or 1234 are easy to guess. Do not use them."),
        Told(Picture.BIRTHDAY, "Do not use your birthday or telephone number either.", crossed=True),
        Told(Picture.COUNTER, "If you forget it, you can set a new one at your municipality's counter."),
        Told(Picture.CLOCK, "Take your time. There is no hurry."),
    ),
    "You choose four PINs",
)

_PHOTO = Explanation(
    "Taking the photo for your card",
    (
        Told(
            Picture.FACE, "Look ahead, so that all of your face is seen. A photo older than six months can't be used."
        ),
        Told(Picture.FACE_HAT, "Take off your hat.", crossed=True),
        Told(Picture.FACE_SIDE, "Do not look aside or down.", crossed=True),
        Told(Picture.WALL, "Nothing should be seen behind you.", crossed=True),
        Told(
            Picture.FACE_DARK, "Not in a dark place. A dark photo is never accepted, whatever the reason.", crossed=True
        ),
    ),
    "If you have a reason, tell us",
    (
        Told(Picture.FACE_SCARF, "Who covers the head for religious reasons keeps it on. The face must be seen."),
        Told(Picture.MEDICAL, "What you wear because of an illness or injury may stay on. A wheelchair is no problem."),
        Told(Picture.BABY, "A small child may have its mouth open. A baby under one year needs no photo."),
        Told(Picture.PERSON, "Who can't look ahead because of a disability need not."),
        Told(Picture.BED, "Who has to lie down may have a pillow or sheets in the photo."),
    ),
)

EXPLANATIONS: Mapping[PaperKind, Explanation] = {
    PaperKind.INTENT_EXPLAINED: _INTENT,
    PaperKind.PHOTO_EXPLAINED: _PHOTO,
    PaperKind.PINS_EXPLAINED: _PINS,
}

PIN_KINDS = (
    PinKind("For signatures (署名用)", "to apply for something online", "6 to 16 capital letters and digits", 6, 5),
    PinKind("For showing who you are (利用者証明用)", "to print certificates at this machine", "4 digits", 4, 3),
    PinKind("For the resident register (住民基本台帳用)", "when you move house", "4 digits", 4, 3),
    PinKind("For filling in forms (券面事項入力補助用)", "name and address read by a machine", "4 digits", 4, 3),
)
ALIKE = "The three PINs of 4 digits may be the same."
