// Signing in with a passkey.

import { whenPossible } from "./forms.js";

whenPossible((options) =>
  navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
);
