"""A tiny causal model with random weights, made on the spot and served by transformers: a real engine, whose words are noise."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

CHARACTERS = sorted(
    set("重大责任事故罪处三年以上七下有期徒刑或者拘役情节特别恶劣的没罚金直接经济损失人死亡，。；[]0123456789《》第条款")
)
TEMPLATE = "{% for message in messages %}{{ message['content'] }}\n{% endfor %}"


def make_llm(folder):
    """One layer of width 32 with its tokenizer of single characters, in a folder as transformers saves it."""
    import torch
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    vocabulary = {piece: number for number, piece in enumerate(["<unk>", "<s>", "</s>", *CHARACTERS])}
    plain = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    plain.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=plain, unk_token="<unk>", bos_token="<s>", eos_token="</s>", pad_token="</s>"
    )
    tokenizer.chat_template = TEMPLATE
    torch.manual_seed(11)
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=16384,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=2,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def serve(folder, port):
    """OpenAI's chat completions, streamed, around transformers' own ``generate``. (``transformers serve`` would need accelerate.)"""
    import json
    import threading

    import torch
    import uvicorn
    from fastapi import FastAPI, Request
    from fastapi.responses import StreamingResponse
    from transformers import AutoModelForCausalLM, AutoTokenizer, StoppingCriteria, StoppingCriteriaList, TextIteratorStreamer

    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModelForCausalLM.from_pretrained(folder).eval()
    torch.manual_seed(5)
    app = FastAPI()

    class Left(StoppingCriteria):
        def __init__(self):
            self.left = threading.Event()

        def __call__(self, *_, **__):
            return self.left.is_set()

    @app.get("/v1/models")
    def models():
        return {"data": [{"id": str(folder), "object": "model"}]}

    @app.post("/v1/chat/completions")
    async def complete(request: Request):
        body, left = await request.json(), Left()
        told = tokenizer.apply_chat_template(body["messages"], return_tensors="pt", return_dict=True)
        streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True)
        options = {"max_new_tokens": body.get("max_tokens", 100), "do_sample": True, "temperature": body["temperature"] or 1.0}
        options |= {"min_new_tokens": options["max_new_tokens"] // 2}
        options |= {"streamer": streamer, "stopping_criteria": StoppingCriteriaList([left])}
        threading.Thread(target=model.generate, kwargs={**told, **options}, daemon=True).start()

        def events():
            try:
                for text in streamer:
                    yield event({"role": "assistant", "content": text})
                yield event({}, "stop") + "data: [DONE]\n\n"
            finally:
                left.left.set()  # the client has gone: the model stops as well

        def event(delta, finish=None):
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": body["model"], "choices": [choice]}
            return f"data: {json.dumps(chunk)}\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


class TinyEngine:
    """That server in a process of its own, on loopback."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.model, self.url = str(folder), f"http://127.0.0.1:{port}/v1"
        command = [sys.executable, __file__, self.model, str(port)]
        env = os.environ | {
            "HF_HUB_OFFLINE": "1",
            "TRANSFORMERS_OFFLINE": "1",
            "CUDA_VISIBLE_DEVICES": "",
            "OMP_NUM_THREADS": "1",
        }
        self.log = Path(folder) / "engine.log"
        self._process = subprocess.Popen(command, env=env, stdout=self.log.open("w"), stderr=subprocess.STDOUT)

    def ready(self, seconds=180):
        """Waits until it answers; what it said instead is in the failure."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/models", timeout=5):
                    return self
            except (OSError, urllib.error.URLError):
                time.sleep(0.3)
        raise RuntimeError(self.log.read_text()[-2000:])

    def close(self):
        self._process.terminate()
        self._process.wait(20)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
