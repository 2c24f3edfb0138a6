"""What all client tests share: a list of tests, comparisons that say what they compare, and a run that counts."""

import traceback

tests = []


def test(function):
    tests.append(function)
    return function


def expect(expected, actual, what=""):
    assert actual == expected, f"{what or 'value'}: {actual!r} instead of {expected!r}"


def run():
    failed = 0
    for function in tests:
        name = function.__name__.replace("_", " ")
        try:
            function()
            print(f"passed  {name}", flush=True)
        except Exception:
            failed += 1
            print(f"FAILED  {name}\n{traceback.format_exc(limit=-4)}", flush=True)
    print(f"{len(tests) - failed} passed, {failed} failed")
    return 1 if failed else 0
