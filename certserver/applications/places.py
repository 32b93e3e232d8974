"""The words of what can be done where: kinds of places, procedures, and who comes. What may happen at which is
`certserver.applications.place_rows`."""

from enum import Enum


class Place(Enum):
    """A kind of place, as procedures are opened there."""

    MUNICIPAL_COUNTER = "municipal-counter"
    """市区町村の窓口"""
    FIELD_INTAKE = "field-intake"
    """出張申請受付 by municipal staff, who check identity."""
    FIELD_SUPPORT = "field-support"
    """申請サポート by a contractor: help with photo and form, no identity check, no public act."""
    POST_OFFICE_SUPPORT = "post-office-support"
    """郵便局、申請支援: no public act."""
    POST_OFFICE_X509 = "post-office-x509"
    """郵便局、電子証明書関連事務"""
    POST_OFFICE_INTAKE = "post-office-intake"
    """郵便局、交付申請の受付"""
    CONSULATE = "consulate"
    """在外公館"""


POST_OFFICE_PLACES = frozenset({Place.POST_OFFICE_SUPPORT, Place.POST_OFFICE_X509, Place.POST_OFFICE_INTAKE})
SUPPORT_PLACES = frozenset({Place.FIELD_SUPPORT, Place.POST_OFFICE_SUPPORT})
"""Where nothing is a public act."""


class Procedure(Enum):
    """What somebody comes for."""

    FORM_SUPPORT = "form-support"
    """申請支援"""
    CARD_APPLICATION = "card-application"
    """交付申請の受付"""
    EXPRESS = "express"
    """特急発行の申請"""
    CARD_DELIVERY = "card-delivery"
    """交付"""
    PROXY_DELIVERY = "proxy-delivery"
    """代理交付"""
    X509_ISSUE = "x509-issue"
    X509_RENEWAL = "x509-renewal"
    X509_REVOCATION = "x509-revocation"
    PIN_CHANGE = "pin-change"
    PIN_RESET = "pin-reset"
    FACE_AUTH_SWITCH = "face-auth-switch"
    """顔認証マイナンバーカードへの切替, and back"""
    LOSS_REPORT = "loss-report"
    """紛失届"""
    CONTINUED_USE = "continued-use"
    """国外転出者の継続利用"""
