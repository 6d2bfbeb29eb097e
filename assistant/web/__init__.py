"""The page: pure renderers, one browser's own state, thin wiring. Nothing on it asks another host."""

import os

for _name, _value in {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}.items():
    os.environ.setdefault(_name, _value)  # here, because Gradio reads them when it is imported
