"""Reading Chinese legal text: numerals, outlines, references and dated versions. Pure functions of strings."""
