"""接口: the engine for programs, over HTTP and as tools of agents. Beside the page, on the same port."""
