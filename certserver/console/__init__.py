"""The municipality's console: officers configure and watch the certificate server in a browser. Every page shows, or
does one use case of `certserver.office`; it decides nothing itself, and needs no script but for passkeys."""
