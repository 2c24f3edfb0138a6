"""Debian's Chromium, driven by Playwright, on the dashboard of a service: shared by the tests and the pictures."""

import contextlib
import os
import pathlib
import shutil

from playwright.sync_api import sync_playwright

from page_service import KEY

panels = ["live", "questions", "skills", "playground", "bench", "manage"]
phone = {"width": 375, "height": 812}
desk = {"width": 1440, "height": 900}


@contextlib.contextmanager
def chromium():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        raise SystemExit("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


class Looker:
    """One who looks at the page, and remembers whatever the console complained about."""

    def __init__(self, browser, address, size=desk, scheme="light", key=KEY):
        self.address = address
        self.complaints = []
        self.elsewhere = []
        self.context = browser.new_context(viewport=size, color_scheme=scheme, has_touch=size["width"] < 600,
                                           device_scale_factor=2 if size["width"] < 600 else 1, locale="en-GB")
        if os.environ.get("PAGE_FILES"):
            self.context.route("**/*", self.from_disk)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: None if request.url.startswith((address, "data:")) else self.elsewhere.append(request.url))
        self.page.goto(address + "/")
        if key:
            # The first look, without a key, is refused, and the browser says so in its console.
            self.page.get_by_label("Key", exact=True).fill(key)
            self.page.get_by_role("button", name="Continue").click()
            self.page.locator("#link[data-state=on]").wait_for()
            self.complaints = [text for text in self.complaints if "401" not in text]

    @staticmethod
    def from_disk(route):
        """With PAGE_FILES=Sources/Dashboard/page the page's files as they are now, for working on them without builds."""
        path = route.request.url.split("/", 3)[3].split("?")[0].split("#")[0]
        name = "index.html" if path == "" else path.removeprefix("page/")
        file = pathlib.Path(os.environ["PAGE_FILES"], name)
        if path.startswith(("insight", "v1", "admin")) or not file.is_file():
            return route.continue_()
        sent = route.fetch()
        headers = {**sent.headers, "content-length": str(file.stat().st_size)}
        return route.fulfill(status=200, headers=headers, body=file.read_bytes())

    def go(self, place, ready=None):
        self.page.evaluate("place => { location.hash = place }", place)
        self.page.locator("main h1").first.wait_for()
        if ready:
            self.page.locator(ready).first.wait_for()
        return self.page

    def unlock(self, admin):
        self.go("manage")
        if self.page.get_by_label("Admin key", exact=True).count():
            self.page.get_by_label("Admin key", exact=True).fill(admin)
            self.page.get_by_role("button", name="Unlock").click()
        self.page.get_by_role("button", name="Create key").wait_for()

    def close(self):
        self.context.close()
