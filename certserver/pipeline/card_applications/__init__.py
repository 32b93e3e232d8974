"""Card applications at the server: from a draft to its end. What may happen is `certserver.applications`; here it is
stored, each step under the lock of the municipality of residence, noted in its audit log."""
