"""From a question to an answer whose every statement opens to its source. Read ``ask.py`` first."""
