"""Pure arithmetic of thresholds over dated data; no text is read and nothing is searched here."""
