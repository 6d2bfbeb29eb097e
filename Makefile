# 安衡：make run 打开网页，make test 跑测试。其余见 make help。
PYTHON ?= python3
# 跑测试的进程数；一个测试文件总在一个进程里
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
# 只有 CPU 的机器可以把 PyTorch 官网给出的 CPU 源地址写在这里：make run TORCH_INDEX=地址
TORCH_INDEX ?=
TORCH_VERSION := 2.13.0

.PHONY: run test check eval ablate bench help
.DEFAULT_GOAL := help

run: $(VENV)/.installed  ## 安装（第一次）、建立索引、打开网页 http://127.0.0.1:7860
	$(BIN)/python app.py

test: $(VENV)/.tested  ## 安装测试所需并跑全部测试
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: $(VENV)/.tested  ## 静态检查：ruff 与 mypy
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: $(VENV)/.tested  ## 评测：打印表格，写 eval/report.json，与 eval/baseline.json 比较
	$(BIN)/python -m eval.run

ablate: $(VENV)/.tested  ## 检索各部分的作用：逐个关掉再评测
	$(BIN)/python -m eval.ablate

bench: $(VENV)/.tested  ## 速度与内存，并与常见做法在同一题目、同一条文上比较
	$(BIN)/python -m eval.bench

help:  ## 列出这些命令
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## */  make \1\t/' | expand -t 14

$(VENV)/.venv:
	$(PYTHON) -m venv $(VENV)
	@touch $@

# On Linux without an NVIDIA card a CPU build of torch is taken where one is to be had: from the address given, or from where pip looks.
$(VENV)/.torch: $(VENV)/.venv
	@if $(BIN)/python -c "import torch" 2>/dev/null; then :; \
	elif [ -n "$(TORCH_INDEX)" ]; then $(BIN)/pip install -q "torch==$(TORCH_VERSION)" --index-url "$(TORCH_INDEX)"; \
	elif [ "$$(uname -s)" = Linux ] && [ "$$(uname -m)" = x86_64 ] && ! command -v nvidia-smi >/dev/null 2>&1; then \
		$(BIN)/pip install -q "torch==$(TORCH_VERSION)+cpu" 2>/dev/null || { \
		echo "本机没有 NVIDIA 显卡，而默认来源只有带显卡支持的 torch（下载约 3 GB，安装后约 7 GB）。"; \
		echo "想少下载：按 Ctrl-C 停下，在 PyTorch 官网选 CPU，把它给出的 --index-url 地址这样写：make run TORCH_INDEX=地址"; \
		echo "15 秒后继续按默认来源安装……"; sleep 15; }; \
	fi
	@touch $@

$(VENV)/.installed: $(VENV)/.torch pyproject.toml constraints.txt
	$(BIN)/pip install -q -c constraints.txt -e ".[ocr]"
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/pip install -q -c constraints.txt -e ".[dev]"
	@touch $@
