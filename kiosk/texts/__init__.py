"""Every sentence of screens, voice and slips, in every language, with its line breaks written."""
