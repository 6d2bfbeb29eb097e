"""安衡 AnHeng: cited consultation on work-safety crime, sentencing policy and corporate legal risk."""

__version__ = "0.1.0"
