"""The site: its pages, its theme, and how it is served. No request leaves for another host."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import UsageError
from assistant.materials import MAX_MB, Materials
from assistant.settings import Settings
from assistant.store.repository import Repository
from assistant.web import ask_page
from assistant.web.desk import Desk
from assistant.web.evidence_desk import EvidenceDesk
from assistant.web.glossary import load_glossary
from assistant.web.state import Service

HERE = Path(__file__).resolve().parent
_CLEARED = (3600, 3600)
"""Seconds after which an upload that nobody took, as from a closed tab, is deleted from the temporary folder."""
SANS = ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "sans-serif"]


def build_site(service: Service, repository: Repository, settings: Settings) -> gr.Blocks:
    """All pages, not yet served."""
    with gr.Blocks(title="安衡", analytics_enabled=False, fill_width=True, delete_cache=_CLEARED) as site:
        materials = Materials(settings.home, repository)
        desk = Desk(service, repository, load_glossary(settings.knowledge), materials)
        ask_page.build(site, desk, EvidenceDesk(service, settings.knowledge))
    return site


def serve(site: gr.Blocks, settings: Settings, beside: dict[str, Any] | None = None) -> str:
    """Serve the site in the background; returns its address. ``site.block_thread()`` waits until it is stopped.

    ``beside`` holds routes and lifespan of what else answers on this port.
    """
    try:
        _, address, _ = site.launch(
            server_name=settings.web.host,
            server_port=settings.web.port,
            prevent_thread_lock=True,
            share=False,
            quiet=True,
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            mcp_server=False,
            _frontend=False,  # a look at the page that gives up after three seconds; a busy machine takes longer to draw the first
            app_kwargs=beside or {},
            max_file_size=(MAX_MB + 1) * 2**20,
            **_looks(),
        )
    except OSError as error:
        port = settings.web.port
        raise UsageError(f"端口 {port} 不能用（可能已被占用），请用 ANHENG_WEB__PORT 换一个，例如 {port + 1}。") from error
    return str(address)


def _looks() -> dict[str, Any]:
    """Fonts of the reader's machine only: Gradio's own theme would fetch some.

    The style sheet goes into the head as it stands: through ``css`` Gradio would put its own prefix before each rule.
    """
    style, script = (
        "\n".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob(f"*.{kind}"))) for kind in ("css", "js")
    )
    theme = gr.themes.Base(font=[gr.themes.Font(name) for name in SANS], font_mono=[gr.themes.Font("monospace")])
    head = f'<meta name="referrer" content="no-referrer"><style>{style}</style><script>{script}</script>'
    return {"theme": theme, "head": head}
