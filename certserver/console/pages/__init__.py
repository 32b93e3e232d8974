"""The pages of the console, each subject in a module of its own that names its routes in `PAGES`."""
