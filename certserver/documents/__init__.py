"""From a register snapshot to pages: document model (data), layout (template with a version), clause."""
