"""unittest: tests that are run one after another. What unittest itself reports goes to sys.stderr,
which is not shown."""

import re
import sys


class SkipTest(Exception):
    pass


def skip(reason):
    def decorate(test):
        if isinstance(test, type):
            refuse("unittest.skip")

        def skipped(*args, **kwargs):
            raise SkipTest(reason)

        skipped.__name__ = test.__name__
        return skipped

    return decorate


def skipIf(condition, reason):
    return skip(reason) if condition else lambda test: test


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


class _Raises:
    def __init__(self, expected, pattern=None):
        self.expected, self.pattern, self.exception = expected, pattern, None

    def __enter__(self):
        return self

    def __exit__(self, cls, error, traceback):
        if error is None:
            names = self.expected if isinstance(self.expected, tuple) else (self.expected,)
            raise AssertionError(f"{' or '.join([name.__name__ for name in names])} not raised")
        if not isinstance(error, self.expected):
            return False
        self.exception = error
        if self.pattern is not None and not re.search(self.pattern, str(error)):
            raise AssertionError(f'"{self.pattern}" does not match "{error}"')
        return True


class TestCase:
    failureException = AssertionError

    def __init__(self, methodName="runTest"):
        self._name = methodName

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def _check(self, holds, words, msg):
        if not holds:
            raise AssertionError(words if msg is None else f"{words} : {msg}")

    def fail(self, msg=None):
        raise AssertionError(msg)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def assertTrue(self, expr, msg=None):
        self._check(expr, f"{expr!r} is not true", msg)

    def assertFalse(self, expr, msg=None):
        self._check(not expr, f"{expr!r} is not false", msg)

    def assertEqual(self, first, second, msg=None):
        self._check(first == second, f"{first!r} != {second!r}", msg)

    assertListEqual = assertTupleEqual = assertDictEqual = assertSetEqual = assertEqual

    def assertNotEqual(self, first, second, msg=None):
        self._check(first != second, f"{first!r} == {second!r}", msg)

    def assertIs(self, first, second, msg=None):
        self._check(first is second, f"{first!r} is not {second!r}", msg)

    def assertIsNot(self, first, second, msg=None):
        self._check(first is not second, f"unexpectedly identical: {first!r}", msg)

    def assertIsNone(self, obj, msg=None):
        self._check(obj is None, f"{obj!r} is not None", msg)

    def assertIsNotNone(self, obj, msg=None):
        self._check(obj is not None, "unexpectedly None", msg)

    def assertIn(self, member, container, msg=None):
        self._check(member in container, f"{member!r} not found in {container!r}", msg)

    def assertNotIn(self, member, container, msg=None):
        self._check(member not in container, f"{member!r} unexpectedly found in {container!r}", msg)

    def assertIsInstance(self, obj, cls, msg=None):
        self._check(isinstance(obj, cls), f"{obj!r} is not an instance of {cls!r}", msg)

    def assertGreater(self, a, b, msg=None):
        self._check(a > b, f"{a!r} not greater than {b!r}", msg)

    def assertGreaterEqual(self, a, b, msg=None):
        self._check(a >= b, f"{a!r} not greater than or equal to {b!r}", msg)

    def assertLess(self, a, b, msg=None):
        self._check(a < b, f"{a!r} not less than {b!r}", msg)

    def assertLessEqual(self, a, b, msg=None):
        self._check(a <= b, f"{a!r} not less than or equal to {b!r}", msg)

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        diff = abs(first - second)
        if delta is not None:
            self._check(diff <= delta, f"{first!r} != {second!r} within {delta!r} delta "
                        f"({diff!r} difference)", msg)
            return
        places = 7 if places is None else places
        self._check(round(diff, places) == 0, f"{first!r} != {second!r} within {places!r} places "
                    f"({diff!r} difference)", msg)

    def assertRaises(self, expected_exception, *args, **kwargs):
        if not args:
            return _Raises(expected_exception)
        with _Raises(expected_exception):
            args[0](*args[1:], **kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        if not args:
            return _Raises(expected_exception, expected_regex)
        with _Raises(expected_exception, expected_regex):
            args[0](*args[1:], **kwargs)

    def subTest(self, msg=None, **params):
        return _Sub()


class _Sub:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


class TestResult:
    def __init__(self):
        self.failures, self.errors, self.skipped, self.testsRun = [], [], [], 0

    def wasSuccessful(self):
        return not (self.failures or self.errors)


def _run(cases):
    result = TestResult()
    for case in cases:
        case.setUpClass()
        for name in sorted([name for name in dir(case) if name.startswith("test")]):
            one = case(name)
            result.testsRun += 1
            try:
                one.setUp()
                try:
                    getattr(one, name)()
                finally:
                    one.tearDown()
            except SkipTest as error:
                result.skipped.append((one, str(error)))
            except AssertionError as error:
                result.failures.append((one, str(error)))
            except Exception as error:
                result.errors.append((one, str(error)))
        case.tearDownClass()
    return result


class _Program:
    def __init__(self, result):
        self.result = result


def main(module="__main__", defaultTest=None, argv=None, exit=True, verbosity=1, failfast=None):
    found = [
        value
        for value in names_of_the_program().values()
        if isinstance(value, type) and issubclass(value, TestCase) and value is not TestCase
    ]
    result = _run(found)
    if exit:
        sys.exit(not result.wasSuccessful())
    return _Program(result)
