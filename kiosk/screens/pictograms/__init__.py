"""The screens' own drawings, as SVG in the standard colours; high contrast changes the colours, never the lines."""
