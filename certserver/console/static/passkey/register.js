// Adding a passkey to one's own account.

import { whenPossible } from "./forms.js";

whenPossible((options) =>
  navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
);
