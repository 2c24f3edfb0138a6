"""Looks at the dashboard as people do, in Debian's Chromium, while a service answers questions; scripts/test-page runs it.

python Tests/Clients/test_page.py .build/release/muster
"""

import os
import pathlib
import re
import sys
import time
import urllib.error
import urllib.request

import axe_playwright_python

from harness import expect, run, test
from page_browser import Looker, chromium, desk, panels, phone
from page_service import ADMIN, KEY, PageService

root = pathlib.Path(__file__).resolve().parents[2]
program = sys.argv[1] if len(sys.argv) > 1 else root / ".build/release/muster"
axe_script = pathlib.Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()


def numbers(text):
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\.?\d*", text)]


def story_of(looker):
    """Opens the newest question with several attempts."""
    page = looker.go("questions?route=auto&outcome=complete", "tbody tr")
    page.locator("tbody tr a").first.click()
    page.get_by_role("heading", name="Skills it needs").wait_for()
    return page


def axe(page, where):
    """What axe finds serious."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    serious = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found if one["impact"] in ("serious", "critical")]
    expect([], serious, f"axe on {where}")


def with_axe(looker):
    # Through the debugger, since the policy of the page lets no script in.
    session = looker.context.new_cdp_session(looker.page)
    session.send("Runtime.evaluate", {"expression": axe_script})


@test
def live_shows_figures_charts_experts_and_questions():
    page = desktop.go("live", ".tile")
    page.wait_for_function("() => document.querySelectorAll('.chart path.series').length >= 2", timeout=90_000)
    page.wait_for_function("() => parseFloat(document.querySelector('.tile .value').textContent) > 0")
    experts = page.get_by_role("table", name="Experts now")
    for name in ["generalist", "mathematician", "unsteady", "slow"]:
        assert name in experts.inner_text(), name
    assert sum(numbers(experts.inner_text())) > 10
    newest = "table:last-of-type tbody tr a[href^='#questions/']"
    before = page.locator(newest).first.get_attribute("href")
    page.wait_for_function("([newest, before]) => document.querySelector(newest).getAttribute('href') !== before", arg=[newest, before])
    page.get_by_role("button", name="1 h", exact=True).click()
    page.get_by_role("button", name="24 h", exact=True).click()
    page.get_by_role("button", name="10 min", exact=True).click()


@test
def charts_are_read_with_the_keyboard():
    page = desktop.go("live", ".chart path.series")
    page.locator(".chart svg[role=img]").first.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    tip = page.locator(".tip").first
    tip.wait_for()
    assert re.search(r"\d\d:\d\d:\d\d", tip.inner_text()), tip.inner_text()


@test
def questions_are_found_by_route_expert_skill_outcome_and_cost():
    page = desktop.go("questions", "tbody tr")
    expect(50, page.locator("tbody tr").count(), "rows of the first page")
    page.get_by_role("button", name="Show more").click()
    page.wait_for_function("() => document.querySelectorAll('tbody tr').length > 50")
    page.get_by_label("Route").select_option("risky")
    page.wait_for_function("() => [...document.querySelectorAll('tbody tr')].length && [...document.querySelectorAll('tbody tr')].every(row => row.innerText.includes('risky'))")
    assert "route=risky" in page.url
    page.get_by_label("Outcome").select_option("failed_over")
    page.wait_for_function("() => [...document.querySelectorAll('tbody tr')].every(row => row.innerText.includes('failed over'))")
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Skill").select_option("algebra")
    page.wait_for_function("() => document.querySelector('tbody tr') && [...document.querySelectorAll('tbody tr')].every(row => row.innerText.includes('algebra'))")
    page.get_by_label("Cost from, $").fill("1000")
    page.get_by_label("Cost from, $").press("Enter")
    page.get_by_text("No kept question fits.").wait_for()


@test
def a_question_is_explained_step_by_step():
    page = story_of(desktop)
    for heading in ["Skills it needs", "Who suits it", "Who was recruited, and why", "What happened when", "What became of the answers"]:
        page.get_by_role("heading", name=heading).wait_for()
    expect(3, page.get_by_role("table", name="Attempts").locator("tbody tr").count(), "attempts")
    assert page.locator(".timeline rect").count() >= 3
    assert "put to the vote" in page.locator("main").inner_text()
    assert "seed" in page.locator("main").inner_text()
    page.get_by_role("button", name="Just right").click()
    page.get_by_text("profiles learn from it").wait_for()
    page.reload()
    page.locator("button.chosen", has_text="Just right").wait_for()


@test
def a_failover_shows_its_attempts():
    page = desktop.go("questions?route=risky&outcome=failed_over", "tbody tr")
    page.locator("tbody tr a").first.click()
    page.get_by_role("heading", name="What happened when").wait_for()
    text = page.get_by_role("table", name="Attempts").inner_text()
    assert "unsteady" in text and "generalist" in text and "failed" in text, text


@test
def skills_are_mapped_and_a_cell_opens_its_questions():
    page = desktop.go("skills", "button.cell b")
    cells = page.locator("button.cell b").count()
    assert cells > 100, cells
    cell = page.get_by_role("button", name=re.compile("^mathematician in algebra"))
    assert re.search(r"\d+/\d+", cell.inner_text())
    cell.click()
    dialog = page.get_by_role("dialog")
    dialog.locator("li").first.wait_for()
    expect(8, dialog.locator("li").count(), "graded questions")
    assert "Right answer:" in dialog.inner_text()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    week = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 7 * 86400))
    page.get_by_label("Drift since").fill(week)
    page.locator(".drift").first.wait_for()
    page.get_by_label("Order").select_option("drift")
    page.get_by_role("button", name=re.compile("mathematician in .* better than before")).first.click()
    page.get_by_role("dialog").get_by_text(re.compile("since then")).wait_for()
    page.keyboard.press("Escape")


@test
def the_playground_streams_side_by_side_and_says_why():
    page = desktop.go("playground", "button[aria-pressed]")
    page.get_by_label("Question", exact=True).fill("Solve for x: 5x - 8 = 37.")
    for name in ["auto", "everybody", "write", "coder"]:
        button = page.get_by_role("button", name=re.compile(f"^{name} ?(route|expert)$"))
        if button.get_attribute("aria-pressed") == "false":
            button.click()
    page.get_by_role("button", name=re.compile("^thrifty")).click()
    page.get_by_text("Four at a time are enough").wait_for()
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('.answer .why').length === 4")
    answers = page.locator(".answer")
    expect(4, answers.count(), "answers")
    for index in range(4):
        text = answers.nth(index).inner_text()
        assert "recruited" in text and "$" in text and re.search(r"\d", answers.nth(index).locator(".said").inner_text()), text
    assert "algebra" in answers.nth(0).inner_text()
    answers.nth(0).get_by_role("button", name="Just right").click()
    answers.nth(0).get_by_text("profiles learn from it").wait_for()
    answers.nth(0).get_by_role("link", name="The whole story").click()
    page.get_by_role("heading", name="Skills it needs").wait_for()


@test
def bench_shows_runs_progress_a_plot_and_a_comparison():
    service.bench_under_way()
    page = desktop.go("bench", "[role=progressbar]")
    page.wait_for_function("() => document.querySelectorAll('[role=progressbar]').length === 6")
    expect(6, page.get_by_role("table", name="Runs, newest first").locator("tbody tr").count(), "runs")
    bar = page.get_by_role("progressbar").first
    first = int(bar.get_attribute("aria-valuenow"))
    page.wait_for_function("first => Number(document.querySelector('[role=progressbar]').getAttribute('aria-valuenow')) > first", arg=first)
    expect(5, page.locator(".chart circle").count(), "points of the plot")
    boxes = page.get_by_role("checkbox")
    boxes.nth(1).check()
    boxes.nth(2).check()
    page.get_by_text("exact test of McNemar").wait_for()
    assert "cost of 1000 questions" in page.locator("main").inner_text()


@test
def experts_are_added_tested_paused_and_removed():
    desktop.unlock(ADMIN)
    page = desktop.page
    row = page.get_by_role("table", name="Experts").locator("tr", has_text="coder")
    row.get_by_role("button", name="Test").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("streamed", exact=True).wait_for(timeout=180_000)
    assert dialog.locator(".pill.good").count() >= 2, dialog.inner_text()
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Pause").click()
    row.get_by_text("paused", exact=True).wait_for()
    row.get_by_role("button", name="Resume").click()
    row.get_by_text("ready", exact=True).wait_for()
    page.get_by_role("button", name="Add expert").click()
    page.get_by_label("Id", exact=True).fill("new-one")
    page.get_by_label("Address", exact=True).fill("ftp://nowhere")
    page.get_by_role("dialog").get_by_role("button", name="Add expert").click()
    page.get_by_role("alert").wait_for()
    page.get_by_label("Address", exact=True).fill("http://127.0.0.1:9/v1")
    page.get_by_label("Model", exact=True).fill("tiny")
    page.get_by_role("dialog").get_by_role("button", name="Add expert").click()
    added = page.get_by_role("table", name="Experts").locator("tr", has_text="new-one")
    added.wait_for()
    added.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    added.wait_for(state="detached")


@test
def keys_are_made_shown_once_and_revoked():
    desktop.unlock(ADMIN)
    page = desktop.page
    page.get_by_role("button", name="Create key").click()
    page.get_by_label("Name", exact=True).fill("from-the-page")
    page.get_by_role("dialog").get_by_role("checkbox", name="auto").check()
    page.get_by_label("Budget, $").fill("5")
    page.get_by_role("dialog").get_by_role("button", name="Create key").click()
    secret = page.locator(".secret")
    secret.wait_for()
    text = secret.inner_text()
    assert text.startswith("mk-") and len(text) == 46, len(text)
    answer = service.send("/v1/chat/completions", {"model": "auto", "messages": [{"role": "user", "content": "hello"}]}, text)
    assert answer["choices"]
    page.get_by_role("button", name="Done").click()
    row = page.get_by_role("table", name="Keys").locator("tr", has_text="from-the-page")
    row.wait_for()
    assert text not in page.content(), "the secret is still in the page"
    assert "auto" in row.inner_text() and "$5" in row.inner_text(), row.inner_text()
    row.get_by_role("button", name="Revoke").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    row.get_by_text("revoked", exact=True).wait_for()


@test
def the_admin_key_is_kept_nowhere():
    desktop.unlock(ADMIN)
    kept = desktop.page.evaluate("() => JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage}) + document.cookie")
    assert ADMIN not in kept, kept
    desktop.page.reload()
    desktop.page.get_by_label("Admin key", exact=True).wait_for()


@test
def a_wrong_key_is_asked_for_again():
    looker = Looker(browser, service.address, key=None)
    looker.page.get_by_label("Key", exact=True).fill("nonsense")
    looker.page.get_by_role("button", name="Continue").click()
    looker.page.get_by_label("Key", exact=True).wait_for()
    looker.page.get_by_label("Key", exact=True).fill(KEY)
    looker.page.get_by_role("button", name="Continue").click()
    looker.page.locator("#link[data-state=on]").wait_for()
    looker.close()


@test
def everything_is_reached_with_the_keyboard():
    page = desktop.go("live", ".tile")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect("#live", page.evaluate("() => location.hash"), "the panel after the skip link")
    expect("main", page.evaluate("() => document.activeElement.id"), "where the skip link leads")
    page.locator("nav a").first.focus()
    for panel in panels:
        page.keyboard.press("Enter")
        page.wait_for_function("panel => location.hash.startsWith('#' + panel)", arg=panel)
        page.locator(f"nav a[href='#{panel}'][aria-current]").wait_for()
        page.locator(f"nav a[href='#{panel}']").focus()
        page.keyboard.press("Tab")
    page = desktop.go("skills", "button.cell b")
    page.locator("button.cell").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


def nothing_overflows(looker, where):
    width = looker.page.viewport_size["width"]
    wide = looker.page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= width, f"{where} is {wide} pixels wide on {width}"


def every_panel(looker, where):
    with_axe(looker)
    for panel in panels:
        ready = {"live": ".chart path.series", "questions": "tbody tr", "skills": "button.cell b", "playground": "button[aria-pressed]",
                 "bench": ".chart circle", "manage": "form, table"}[panel]
        page = looker.go(panel, ready)
        nothing_overflows(looker, f"{panel}, {where}")
        axe(page, f"{panel}, {where}")
    page = story_of(looker)
    nothing_overflows(looker, f"a story, {where}")
    axe(page, f"a story, {where}")
    looker.unlock(ADMIN)
    page.get_by_role("table", name="Keys").wait_for()
    nothing_overflows(looker, f"keys, {where}")
    axe(page, f"keys, {where}")
    page.get_by_role("button", name="Create key").click()
    axe(page, f"a dialog, {where}")
    page.keyboard.press("Escape")
    expect([], looker.complaints, f"console, {where}")
    expect([], looker.elsewhere, f"requests to other hosts, {where}")


@test
def on_a_desk_in_the_light_nothing_serious_is_found():
    looker = Looker(browser, service.address, desk, "light")
    every_panel(looker, "1440 pixels, light")
    looker.close()


@test
def on_a_desk_in_the_dark_nothing_serious_is_found():
    looker = Looker(browser, service.address, desk, "dark")
    every_panel(looker, "1440 pixels, dark")
    looker.close()


@test
def on_a_phone_in_the_light_nothing_serious_is_found():
    looker = Looker(browser, service.address, phone, "light")
    every_panel(looker, "375 pixels, light")
    looker.close()


@test
def on_a_phone_in_the_dark_nothing_serious_is_found():
    looker = Looker(browser, service.address, phone, "dark")
    every_panel(looker, "375 pixels, dark")
    looker.close()


@test
def files_are_not_sent_twice_and_come_with_a_strict_policy():
    request = urllib.request.Request(service.address + "/page/app.js")
    with urllib.request.urlopen(request) as response:
        tag = response.headers["ETag"]
        policy = response.headers["Content-Security-Policy"]
    for part in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]:
        assert part in policy, policy
    assert "unsafe" not in policy
    request.add_header("If-None-Match", tag)
    try:
        urllib.request.urlopen(request)
        raise AssertionError("sent again")
    except urllib.error.HTTPError as answer:
        expect(304, answer.code)


@test
def the_desk_had_nothing_to_complain_about():
    # What the tests above provoked on purpose: an expert that was refused.
    rest = [text for text in desktop.complaints if "400" not in text]
    expect([], rest, "console")
    expect([], desktop.elsewhere, "requests to other hosts")


service = PageService(program, root)
try:
    service.prepare().serve().load()
    with chromium() as browser:
        desktop = Looker(browser, os.environ.get("PAGE_ADDRESS", service.address))
        deadline = time.monotonic() + 120
        while service.asked < 120 and time.monotonic() < deadline:
            time.sleep(0.5)
        failed = run()
finally:
    service.stop()
sys.exit(failed)
