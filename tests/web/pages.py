"""What tests of the page in a browser share: waiting until it is there, asking."""


def ready(page):
    page.wait_for_selector("#talk :is(.welcome, .turn)")
    page.wait_for_selector("#bar .stand:has-text('2026-11-01')", state="attached")  # set by the last event of loading
    page.wait_for_timeout(300)


def ask(page, question, key="Enter"):
    before = page.locator(".answer").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", key)
    page.wait_for_function("n => document.querySelectorAll('.answer').length > n", arg=before)
