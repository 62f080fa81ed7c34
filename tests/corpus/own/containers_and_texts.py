# Containers and texts
from collections import *
import itertools as it, string, re, json, random, copy, textwrap, heapq, bisect
d = defaultdict(list); [d[k].append(v) for k, v in [("a", 1), ("b", 2), ("a", 3)]]; print(d, dict(d), d.get("z"), "z" in d)
c = Counter("abracadabra"); c.update("aaa"); print(c.most_common(2), c["zz"], sum(c.values()), c - Counter("ab"), c & Counter(a=2), +Counter(a=-1), list(c.elements())[:3], c.total())
o = OrderedDict(a=1, b=2); o.move_to_end("a"); print(o, o.popitem(last=False), list(reversed(o)))
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); q.rotate(1); print(q, q[0], q.maxlen, list(q)[::-1], 4 in q)
cm = ChainMap({"a": 1}, {"a": 2, "b": 3}); print(cm["a"], cm["b"], dict(cm), cm.new_child({"c": 4})["c"])
l = [5, 3, 8, 1]; l.sort(reverse=True); l.insert(1, 9); l.extend(x for x in "ab"); l.remove("a"); print(l, l.pop(), l.index(9), l.count(5), l[-2:], l[::2]); l[1:3] = []; print(l); del l[0]; print(l, l * 2, [0] * 3)
m = [[0] * 2] * 2; m[0][0] = 1; print(m, [[0] * 2 for _ in range(2)], list(zip(*[(1, 2), (3, 4)])), [row[:] for row in m], sum(m, []))
s = {3, 1, 2}; s |= {4}; s.discard(9); print(sorted(s), s & {1, 9}, s - {1}, s ^ {1, 7}, s >= {1}, frozenset([1, 2]) | {3}, len(s), {*()})
e = {"x": 1, "y": {"z": [1, 2]}}; f = copy.deepcopy(e); f["y"]["z"].append(3); g = e.copy(); g["y"]["z"].append(9); print(e, f, e | {"x": 2}, list(e.items()), e.setdefault("k", []), e.pop("x"), e.pop("no", None), {v: k for k, v in {"a": 1}.items()}, dict(zip("ab", [1, 2])), dict.fromkeys("ab"), [*e], {**e, "n": 1} == e)
for k in list(e): 
    if k == "k": del e[k]
print(e, list(e.keys()) == ["y"], e.items() == {"y": e["y"]}.items())
try:
    for k in e: e[k + "2"] = 1
except RuntimeError as err: print(err)
t = "  The quick, brown fox!  "; print(t.strip().split(), t.split(","), t.find("quick"), t.replace("quick", "slow").strip(), t.upper().count("O"), t.strip().startswith("The"), "-".join("abc"), "a-b-c".rsplit("-", 1), "x=1;y=2".partition(";"), "abc".isalpha(), "12".zfill(5), "a\tb".expandtabs(4), "Ab".lower(), "é".encode("utf8"), "abc".translate(str.maketrans("ab", "xy")), "{:<5}|{:^5}|{:>5}".format("a", "b", "c"), "line1\nline2".splitlines(), ord("a"), chr(98), "abc" * 2, "a" in "abc", "aXbX".rstrip("X"), "camelCase".title(), "%5.2f|%-5s|%+d|%x|%e" % (3.14159, "ab", 5, 255, 12345.678), r"\n", "tab\there", 'q"q', repr('q\'"'), "a,b".join(["1", "2"]), "abcdef"[1:-1:2], "ß".casefold(), "prefix_x".removeprefix("prefix_"))
print(re.findall(r"(\w)(\d)", "a1 b2"), re.sub(r"(?P<n>\d+)", lambda m: str(int(m["n"]) * 2), "a1b20"), re.split(r"[,;]\s*", "a, b;c"), re.match(r"(\d+)-(\d+)", "10-20").groups(), bool(re.search("^b", "a\nb", re.M)), re.compile(r"\bfoo\b", re.I).sub("bar", "Foo food"), re.fullmatch(r"[a-z]+", "abc").span(), [m.start() for m in re.finditer("a", "banana")])
print(json.dumps({"a": [1, 2.5, None, True], "é": "ü"}, ensure_ascii=False, indent=1), json.loads('{"k": [1, {"z": null}]}'), json.dumps([1, 2], separators=(",", ":")), json.dumps({"b": 1, "a": 2}, sort_keys=True))
print(list(it.chain([1], [2, 3])), list(it.product("ab", [1, 2])), list(it.permutations([1, 2, 3], 2))[:3], list(it.combinations("abc", 2)), list(it.groupby("aabbc"))[0][0], [(k, len(list(g))) for k, g in it.groupby("aabbc")], list(it.accumulate([1, 2, 3])), list(it.islice(it.count(5, 2), 3)), list(it.takewhile(lambda v: v < 3, [1, 2, 3, 1])), list(it.starmap(pow, [(2, 3)])), list(it.zip_longest([1], [2, 3])), list(it.pairwise([1, 2, 3])), list(it.repeat(0, 2)), list(it.compress("abc", [1, 0, 1])), next(it.cycle("x")))
h = [5, 1, 4]; heapq.heapify(h); heapq.heappush(h, 0); print(heapq.heappop(h), heapq.nsmallest(2, h), heapq.nlargest(1, h), bisect.bisect([1, 3, 5], 3), bisect.insort(h, 2), h)
random.seed(42); print(random.random(), random.randint(1, 10), random.choice("abc"), random.sample(range(5), 2), random.uniform(0, 1), random.gauss(0, 1), random.shuffle(h), h, random.choices([1, 2], weights=[1, 9], k=3))
Pt = namedtuple("Pt", ["x", "y"]); p = Pt(1, y=2); print(p, p.x + p[1], p._asdict(), p == (1, 2), [*p], p._replace(x=5), Pt.__doc__, isinstance(p, tuple))
print(round(1.005, 2), round(2675, -2), int(-3.7), -7 // 2, -7 % 3, 5 / 2, 2 ** 0.5, 1e-5, 1e16, 123456789.123, 0.1 * 3, float("nan") != float("nan"), 3 + 4j, abs(-3), 10 ** -2, 0b101, 0o17, 1_000, True + True, int("101", 2), float("1e3"), complex("1+2j"), (1.5).is_integer(), (255).bit_length(), 7 .real, 3.0 // 2, divmod(7.5, 2), pow(3, -1, 7), sum([0.1] * 3), str(1.0), repr(1e100), 1 / 3)
print(textwrap.fill("a long line of words", 10), textwrap.indent("x\ny", "  "), string.ascii_lowercase[:3], string.digits)
