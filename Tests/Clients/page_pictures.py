"""Pictures of the dashboard for docs/seeing.md, of a service under load; scripts/page-pictures runs it.

python Tests/Clients/page_pictures.py .build/release/muster docs/pictures
"""

import os
import pathlib
import sys
import time

from page_browser import Looker, chromium, desk, phone
from page_service import ADMIN, PageService

root = pathlib.Path(__file__).resolve().parents[2]
program = sys.argv[1]
folder = pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)


# Those that docs/seeing.md shows; with ALL_PICTURES=yes every panel in every form, for whoever works on the page.
shown = {"live-light", "question-light", "failover-light", "skills-dark", "playground-dark", "bench-light", "manage-light",
         "live-phone-dark"}


def shot(looker, name, whole=False):
    if name not in shown and not os.environ.get("ALL_PICTURES"):
        return
    looker.page.wait_for_timeout(400)
    looker.page.mouse.move(2, 2)
    looker.page.screenshot(path=folder / f"{name}.png", full_page=whole)
    print(folder / f"{name}.png", flush=True)


def story(looker):
    page = looker.go("questions?route=risky&outcome=failed_over", "tbody tr")
    page.locator("tbody tr a").first.click()
    page.get_by_role("heading", name="What happened when").wait_for()


def question(looker):
    page = looker.go("questions?route=auto&outcome=complete", "tbody tr")
    page.locator("tbody tr a").first.click()
    page.get_by_role("heading", name="What happened when").wait_for()


def ask(looker, names):
    page = looker.go("playground", "button[aria-pressed]")
    page.get_by_label("Question", exact=True).fill("Solve for x: 5x - 8 = 37.")
    for button in page.locator("button[aria-pressed]").all():
        name = button.inner_text().split()[0]
        if (name in names) != (button.get_attribute("aria-pressed") == "true"):
            button.click()
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_function("count => document.querySelectorAll('.answer .why').length === count", arg=len(names))


def compare(looker):
    page = looker.go("bench", ".chart circle")
    boxes = page.get_by_role("checkbox")
    boxes.nth(1).check()
    boxes.nth(4).check()
    page.get_by_text("exact test of McNemar").wait_for()


def series(looker, name, whole):
    looker.go("live", ".chart path.series")
    shot(looker, f"live-{name}", whole)
    looker.go("questions", "tbody tr")
    shot(looker, f"questions-{name}")
    question(looker)
    shot(looker, f"question-{name}", whole)
    week = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 7 * 86400))
    looker.go(f"skills?since={week}", ".drift").get_by_label("Order").select_option("drift")
    shot(looker, f"skills-{name}")
    ask(looker, ["auto", "everybody", "coder"] if whole else ["auto"])
    shot(looker, f"playground-{name}", whole)
    compare(looker)
    shot(looker, f"bench-{name}", whole)
    looker.unlock(ADMIN)
    looker.page.get_by_role("table", name="Keys").wait_for()
    shot(looker, f"manage-{name}", whole)


service = PageService(program, root)
try:
    service.prepare().serve().load()
    address = os.environ.get("PAGE_ADDRESS", service.address)
    print(service.address, flush=True)
    time.sleep(float(os.environ.get("PAGE_WARM", "240")))  # charts of some minutes say more than those of seconds
    service.bench_under_way()
    with chromium() as browser:
        for name, size, scheme, whole in [("light", desk, "light", True), ("dark", desk, "dark", True),
                                          ("phone", phone, "light", False), ("phone-dark", phone, "dark", False)]:
            looker = Looker(browser, address, size, scheme)
            series(looker, name, whole)
            if name == "light":
                story(looker)
                shot(looker, "failover-light", True)
            looker.close()
finally:
    service.stop()
