import string
import textwrap
import json
import torch

corpus = "To be, or not to be: that is the question."
table = str.maketrans("", "", string.punctuation)
words = corpus.lower().translate(table).split()
print(words, string.ascii_lowercase[:5], string.digits)
vocab = {"<pad>": 0, "<unk>": 1}
for w in words:
    vocab.setdefault(w, len(vocab))
ids = [vocab.get(w, vocab["<unk>"]) for w in "to be that friend".split()]
print(ids, json.dumps(vocab)[:30], json.loads('{"a": [1, 2.5, null, true]}'))
print(textwrap.dedent("""\
    hello
      world"""), "abc".center(9, "*"), "x".join(["1", "2"]), "a,b;c".replace(";", ",").split(","), "  strip ".strip())
print("hello".encode("utf-8"), list(b"ab"), bytes([104, 105]).decode(), "é".encode())
print("%5.2f|%-8s|%03d|%x|%r|%%" % (3.14159, "ab", 7, 255, "q"))
print("Loss: {loss:.3f} at {0}".format("step", loss=0.12345), "{:,}".format(1234567), "{:>8}".format("r"), "{!r}".format("a"))
print("abc"[::-1], "Title case".title(), "a-b".partition("-"), "abc".isalpha(), "12".isdigit(), "12".zfill(5), ord("a"), chr(98), "tab\tbed".expandtabs(4))
emb = torch.nn.Embedding(len(vocab), 3, padding_idx=0)
emb(torch.tensor(ids)).sum().backward()
print(emb.weight.grad.sum(1), f"{'nested ' + f'{1+1}'}", "a" "b", r"\n", "multi\nline".splitlines())
print(bin(10), hex(255), oct(8), int("ff", 16), 0b101, 1_000_000, float("1e-3"), complex(1, 2), (3 + 4j).real, abs(3 + 4j))
