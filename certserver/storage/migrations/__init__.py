"""The way from any earlier schema to the one of this build, as Alembic runs it."""
