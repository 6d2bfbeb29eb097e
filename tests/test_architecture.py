"""The house stays a house: imports run one way, files and functions stay small, nothing reaches out, nobody's text is copied."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "assistant"
SHARED = ROOT.parent / "shared"
LAYERS = [
    {"settings", "errors"},
    {"domain"},
    {"law"},
    {"ingest", "search", "rules", "practice", "store"},
    {"answer"},
    {"documents"},
    {
        "indexing",
        "training",
        "drafting",
        "assessing",
        "papers",
        "practising",
        "quizzing",
        "screening",
        "hazards",
        "selfcheck",
        "selfcheck_ledger",
        "lecturing",
        "shelf",
        "reading",
        "materials",
        "ledger",
        "ledger_packets",
        "ledger_tables",
        "ledger_writing",
    },
    {"services"},
    {
        "web",
        "api",
        "langchain",
        "cli",
        "cli_assess",
        "cli_check",
        "cli_hazard",
        "cli_law",
        "cli_lecture",
        "cli_lecture_kept",
        "cli_ledger",
        "cli_ledger_files",
        "cli_library",
        "cli_mcp",
        "cli_model",
        "cli_paper",
        "cli_quiz",
        "cli_screen",
        "cli_selfcheck",
        "cli_train",
        "terminal",
    },
]
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
# The lead of the answer room reads records as ingest has checked them and tokens as search cuts them: both lie below it.
ALONE = {"ingest", "search", "rules", "practice", "store"}
VENDORS = {
    "chromadb": {"search/vectors.py", "search/server.py"},
    "sentence_transformers": {"search/embed.py", "search/cross.py"},
    "gradio": {"web"},
    "fastapi": {"api"},
    "mcp": {"api/tools.py"},
    "sqlalchemy": {"store"},
    "cryptography": {"store/home_key.py"},
    "torch": {"training"},
    "lightgbm": {"training"},
    "onnxmltools": {"training"},
    "onnxruntime": {"search/rerank.py"},
    "pypinyin": {"search/syllables.py"},
    "opencc": {"search/simplify.py"},
    "langchain": {"answer/generate.py"},
    "langchain_core": {"answer/generate.py", "langchain.py"},
    "langchain_openai": {"answer/generate.py"},
    "langsmith": {"answer/generate.py"},
    "openai": {"answer/generate.py"},
    "tiktoken": set(),
    "pypdfium2": {"ingest/pages.py"},
    "rapidocr": {"ingest/ocr.py"},
    "pptx": {"documents/canvas.py", "documents/template.py"},
    "openpyxl": {
        "ingest/sheet.py",
        "ingest/tables.py",
        "ingest/xlsx.py",
        "documents/ledger_excel.py",
        "documents/screened.py",
        "documents/quiz_table.py",
    },
    "matplotlib": {"documents/ledger_charts.py"},
}
MAX_FILE, MAX_FUNCTION = 250, 50

FILES = sorted(PACKAGE.rglob("*.py"))
ALL = [*FILES, *sorted((ROOT / "eval").rglob("*.py")), ROOT / "app.py"]


def room_of(path):
    relative = path.relative_to(PACKAGE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_one_way(path):
    here = room_of(path)
    if here in {"__init__", "__main__"}:
        return
    for module in imports_of(path):
        if not module.startswith("assistant.") or (there := module.split(".")[1]) == here:
            continue
        assert LEVEL[there] <= LEVEL[here], f"{path.name} in {here} imports {module}"
        assert not (here in ALONE and there in ALONE), f"{here} and {there} are side by side: {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_vendor_lives_in_one_place(path):
    relative = path.relative_to(PACKAGE).as_posix()
    for vendor in VENDORS.keys() & {module.split(".")[0] for module in imports_of(path)}:
        assert relative in VENDORS[vendor] or relative.split("/")[0] in VENDORS[vendor], f"{relative} imports {vendor}"


@pytest.mark.parametrize("path", ALL, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= MAX_FUNCTION, f"{node.name} is too long"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_library_neither_prints_nor_swallows(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "print"]
    broad = [
        n
        for n in ast.walk(tree)
        if isinstance(n, ast.ExceptHandler) and getattr(n.type, "id", "") in {"Exception", "BaseException"}
    ]
    reraised = [n for n in broad if any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(n))]
    if room_of(path) not in {"web", "cli", "api"}:
        assert broad == reraised


def test_heavy_libraries_wait_until_they_are_needed():
    heavy = (
        "torch",
        "sentence_transformers",
        "gradio",
        "chromadb",
        "langchain_core",
        "langchain_openai",
        "openai",
        "pypinyin",
        "opencc",
    )
    code = f"import sys, assistant.services, assistant.cli; print([m for m in {heavy} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.strip() == "[]"


def test_the_repository_speaks_of_the_product_alone():
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    allowed = ("tests/", "eval/", ".ci/")
    said = re.compile(r"/work/|\.\./shared|pypi\.org|files\.pythonhosted|npmjs", re.IGNORECASE)
    for name in tracked.stdout.splitlines():
        path = ROOT / name
        if (
            name.startswith(allowed)
            or path.suffix not in {".py", ".md", ".yaml", ".toml", ".txt", ".json", ".css", ".js", ""}
            or not path.is_file()
        ):
            continue
        found = said.search(path.read_text(encoding="utf-8", errors="replace"))
        assert not found, f"{name}: {found.group()}"


def test_what_is_kept_is_written_by_hand_or_told_in_a_readme():
    """No database, index or other thing that a program left behind."""
    tracked = subprocess.run(["git", "-c", "core.quotepath=off", "ls-files"], capture_output=True, text=True, cwd=ROOT)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    kinds = {Path(name).suffix for name in tracked.stdout.splitlines()}
    assert not kinds & {".db", ".sqlite", ".sqlite3", ".log", ".pdf", ".pyc", ".anheng", ".zip", ".tmp"}
    top = {name.split("/")[0] for name in tracked.stdout.splitlines() if "/" in name}
    assert top == {".ci", "assistant", "docs", "eval", "knowledge_base", "prompts", "tests"}


@pytest.mark.official
def test_nothing_repeats_an_official_text():
    tool = SHARED / "tools" / "originality"
    if not tool.exists():
        pytest.skip("official texts are not at hand: ../shared")
    ran = subprocess.run([sys.executable, str(tool)], capture_output=True, text=True, cwd=ROOT)
    assert ran.stdout.strip() == "nothing repeated", ran.stdout
