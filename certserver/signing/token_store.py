"""Keys in a PKCS#11 token (an HSM, or SoftHSM2 in tests): made there, never leaving it, found by their key id. The only
file that knows pkcs11."""

from contextlib import AbstractContextManager

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, PublicKey, Session, SignMixin
from pkcs11.util.ec import encode_named_curve_parameters

from certserver.errors import ConfigurationError, SigningFault
from koufu.evidence.trustlist import KEY_BYTES, public_key_id

ED25519 = "1.3.101.112"
"""RFC 8410, section 3."""
_LABEL = "koufu"
_SIGNATURE_BYTES = 64
_NEW_ID = b"koufu-new"


class TokenSigner:
    """A key in a token. One session signs one thing at a time."""

    def __init__(self, private_key: SignMixin, raw_public_key: bytes, turn: AbstractContextManager[object]) -> None:
        self._private_key = private_key
        self._raw_public_key = raw_public_key
        self._turn = turn

    @property
    def raw_public_key(self) -> bytes:
        """The public half, 32 bytes."""
        return self._raw_public_key

    def sign(self, message: bytes) -> bytes:
        """The signature over a message, 64 bytes. Raises `SigningFault`."""
        try:
            with self._turn:
                signature = self._private_key.sign(message, mechanism=Mechanism.EDDSA)
        except pkcs11.PKCS11Error as error:
            raise SigningFault(f"the token does not sign: {_told(error)}") from error
        if len(signature) != _SIGNATURE_BYTES:
            raise SigningFault("the token gave something else than an Ed25519 signature")
        return bytes(signature)


class TokenStore:
    """Fulfils `certserver.signing.signers.KeyStore` with one session on one token. `turn` is a lock for the threads of
    this process."""

    def __init__(self, module: str, token: str, pin: str, turn: AbstractContextManager[object]) -> None:
        self._module = module
        self._turn = turn
        try:
            self._library = pkcs11.lib(module)
            self._session: Session = self._open_session(token, pin)
        except RuntimeError as error:  # of which PKCS11Error is one
            raise ConfigurationError(
                f"the PKCS#11 token {token!r} of {module} does not open: {_told(error)}. "
                "Check pkcs11_module, pkcs11_token and the PIN"
            ) from error

    def _open_session(self, token: str, pin: str) -> Session:
        try:
            found = self._library.get_token(token_label=token)
            try:
                return found.open(rw=True, user_pin=pin)
            except pkcs11.UserAlreadyLoggedIn:
                # Logging in is the whole process's: another store of this process did.
                return found.open(rw=True)
        except pkcs11.PKCS11Error:
            self._library.finalize()
            raise

    def make(self) -> TokenSigner:
        """A new key in the token."""
        try:
            with self._turn:
                parameters = self._session.create_domain_parameters(
                    KeyType.EC_EDWARDS, {Attribute.EC_PARAMS: encode_named_curve_parameters(ED25519)}, local=True
                )
                public, private = parameters.generate_keypair(
                    mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
                    store=True,
                    label=_LABEL,
                    id=_NEW_ID,
                    private_template={Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False},
                )
                raw = _raw(public)
                public[Attribute.ID] = private[Attribute.ID] = public_key_id(raw)
        except (pkcs11.PKCS11Error, RuntimeError) as error:
            raise ConfigurationError(f"the token makes no Ed25519 key: {_told(error)}") from error
        if not isinstance(private, SignMixin):
            raise ConfigurationError("the token made a key that does not sign")
        return TokenSigner(private, raw, self._turn)

    def open(self, raw_public_key: bytes) -> TokenSigner:
        """The key with this public half."""
        key_id = public_key_id(raw_public_key)
        try:
            with self._turn:
                private = self._session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=key_id)
                public = self._session.get_key(object_class=ObjectClass.PUBLIC_KEY, id=key_id)
                found = _raw(public) if isinstance(public, PublicKey) else b""
        except pkcs11.PKCS11Error as error:
            raise ConfigurationError(f"the token has no key {key_id.hex()}: {_told(error)}") from error
        if found != raw_public_key or not isinstance(private, SignMixin):
            raise ConfigurationError(f"the token has another key under the id {key_id.hex()}")
        return TokenSigner(private, raw_public_key, self._turn)

    def close(self) -> None:
        """Logs out and lets the module go: what a fork inherits of it does not work."""
        with self._turn:
            self._session.close()
            self._library.finalize()


def _raw(public: PublicKey) -> bytes:
    # CKA_EC_POINT is the raw key, within an OCTET STRING in most modules and bare in some (PKCS#11 3.1, 6.3.5).
    return bytes(public[Attribute.EC_POINT])[-KEY_BYTES:]


def _told(error: Exception) -> str:
    """The name of the fault; its text never holds the PIN, but need not be trusted to."""
    return type(error).__name__
