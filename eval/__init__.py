"""Measuring quality: cases are data, evaluators are small functions, a crash is a failed row. ``from eval.run import …``."""
