"""The words of both languages keep to their rules: what a learner stumbles over is found here.

Each rule is a pattern with what to write instead; `faults` finds them in a text, and the first test
below plants one fault of every kind.
"""

import re
import tomllib
from pathlib import Path

import pytest

import texts
from components.prose import TERM

FOLDER = Path(texts.__file__).parent
ROOT = FOLDER.parent
FILES = sorted((path.parent.name, path.stem) for path in FOLDER.glob("*/*.toml"))
GLOSSARY = tomllib.loads((FOLDER / "en" / "glossary.toml").read_text(encoding="utf-8"))

CODE = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for a piece of code
NUMBER = "\N{DIGIT ONE}"
JA = "[ぁ-んァ-ヶ一-龠々ー]"
COUNTER = "(?:個|回|行|本|件|段|層|列|文字|バイト|番目|ステップ|倍|枚|秒|レッスン|つ目)"
LONGEST = {"ja": 90, "en": 32}  # of a sentence: characters, words

RULES = {
    "ja": {
        "full-width ( ) , : ! ? beside Japanese": rf"(?<={JA})[(),:!?]|[(),:!?](?={JA})",
        "no space between a number and its counter": rf"{NUMBER} {COUNTER}",
        "no space before a number with a counter": rf"{JA} {NUMBER}{COUNTER}",
        "勾配の計算対象": "勾配を求める葉|勾配が(?:必要|いら|要ら)|勾配は不要|勾配を必要と",
        "記録する": "書き留め|書き残",
        "足す": "書き込(?:み|む|ま)",
        "フォワードモード、リバースモード": "(?:順|逆)モード",
        "葉でないテンソル": "非葉",
        "数値微分": "(?<!中心)差分(?!近似)",
        "検算": "証明",
        "深いネットワーク": "深い鎖",
        "実行される": "ノードが動|順伝播が動",
        "入力": "スロット",
        "URL": "アドレス",
        "サーバー": "サーバ(?!ー)",
        "スライダー": "つまみ",
        "PyTorch": "エンジン",
        "ステップ、更新": "[0-9一]歩",
        "不要": "(?:いら|要ら)な",
        "メッセージ": "文面",
        "プレイグラウンド": "Playground",
        "逆伝播、または backward()": r"(?<![\w.])backward(?![\w(])",
    },
    "en": {
        "per": r"\b(?:a|one) \w+ an? (?:row|column|output|input|pass|call|layer)\b",
        "not a leaf, not a number": r"\bno (?:leaf|number)\b|\bis none\b|\bno part of\b",
        "fix": r"\b(?:mend|cure)(?:s|d|ed)?\b",
        "run": r"\bfire[sd]?\b",
        "URL": r"\baddress\b",
        "PyTorch": r"\bengine\b",
        "integer": r"\bwhole numbers?\b",
        "what you mean": r"\bgives it away\b|\bkin\b|\bbend of the curve\b",
    },
}
# Names that Japanese writes in Latin letters too.
LATIN = set(
    """PyTorch Python NumPy Autograd Explorer Streamlit CPU MB QR URL Network
    Tab Esc Enter Ctrl Alt Space PageDown NaN inf None True False REC RNN SGD Adam ReLU Kaiming He Xavier MSE
    autograd torch nn optim func math copy time collections functools loss grad backward forward
    detach clone deepcopy numpy mask softmax sigmoid tanh relu eval del print sum mean gradient
    requires_grad is_leaf grad_fn dtype upstream Not Number class Function Module Exception
    AccumulateGrad item any all float double long float32 float64 randn ones zeros data yaml
    derivatives vjp jvp gradcheck py ipynb for nan dL dw dz
    JavaScript SVG PNG CSV kept moved apart whole scale norms weights outer Linear""".split()
)


def words(language, file):
    path = FOLDER / language / f"{file}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def bare(text):
    """A text as it is read: code and names that fill it in as one character, terms as words."""
    text = TERM.sub(lambda found: found[2] or "", text)
    text = re.sub(r"`[^`]*`|https?://\S+|\{subject\}", CODE, text)
    # Calls and attributes are code without its marks.
    text = re.sub(r"[A-Za-z_.]*[A-Za-z_]\((?:[^()ぁ-龠]|\([^()]*\))*\)", CODE, text)
    text = re.sub(r"(?:\w+|\{\w+\})?\.[a-z]\w*|[a-z]+\[[^]ぁ-龠]*\]", CODE, text, flags=re.ASCII)
    return re.sub(r"\{[^}]*\}|(?<![A-Za-z0-9])[0-9][0-9,.]*(?:e[0-9]+)?", NUMBER, text)


def faults(language, text):
    """What to write instead, for each fault of a text."""
    read = bare(text)
    found = [better for better, wrong in RULES[language].items() if re.search(wrong, read)]
    if any(name and f"term_{name}" not in GLOSSARY for name, _ in TERM.findall(text)):
        found.append("a term of the glossary")
    if language == "ja":
        latin = re.findall(r"[A-Za-z][A-Za-z0-9_]+", read)
        if strange := [word for word in latin if word not in LATIN and "_" not in word]:
            found.append(f"in Japanese: {strange}")
        sentences = re.split("[。？！]", read)
        lengths = [len(sentence) for sentence in sentences]
    else:
        lengths = [len(sentence.split()) for sentence in re.split(r"[.?!:;](?:\s|$)", read)]
    if max(lengths) > LONGEST[language]:
        found.append(f"shorter sentences: {max(lengths)}")
    return found


@pytest.mark.parametrize(
    "language, text, better",
    [
        ("ja", "結果(数値)です。", "full-width"),
        ("ja", "規則: {rule}", "full-width"),
        ("ja", "全部で {count} 個です。", "no space between"),
        ("ja", "ほかに 3個あります。", "no space before"),
        ("ja", "w は勾配を求める葉です。", "勾配の計算対象"),
        ("ja", "順モードで計算します。", "フォワードモード"),
        ("ja", "backward は使いません。", "逆伝播"),
        ("ja", "これは leaf です。", "in Japanese"),
        ("ja", "とても長い文です、" * 12, "shorter"),
        ("en", "It has a row an output.", "per"),
        ("en", "It is no leaf.", "not a leaf"),
        ("en", "One click mends it.", "fix"),
        ("en", "The node fires.", "run"),
        ("en", "It is in the address.", "URL"),
        ("en", "word " * 40, "shorter"),
        ("en", "A [[leef]] here.", "a term"),
    ],
)
def test_a_planted_fault_is_found(language, text, better):
    assert any(found.startswith(better) for found in faults(language, text))


@pytest.mark.parametrize(
    "language, text",
    [
        ("ja", "2回目の `backward()` は、w.grad（葉テンソル）に足します：{count}個。"),
        ("ja", "torch.tensor([1., 2.]) のように、[[leaf]]を作ってみましょう。"),
        ("ja", "{subject} 個を超えました。"),
        ("en", "One row per output; z is not a [[leaf]]."),
    ],
)
def test_what_is_right_is_left_alone(language, text):
    assert not faults(language, text)


@pytest.mark.parametrize("language, file", FILES)
def test_every_text_keeps_to_the_rules(language, file):
    found = {
        key: (told, text)
        for key, text in words(language, file).items()
        if (told := faults(language, text))
    }

    assert not found, "\n".join(f"{key}: {told}\n    {text}" for key, (told, text) in found.items())


def test_every_term_stands_in_a_text_and_in_the_same_ones_in_both_languages():
    ja, en = (
        {
            (file, key): sorted(name for name, _ in TERM.findall(text))
            for in_language, file in FILES
            if in_language == language
            for key, text in words(language, file).items()
        }
        for language in texts.LANGUAGES
    )

    assert ja == en
    terms = {key.removeprefix("term_") for key in GLOSSARY if key.startswith("term_")}
    assert terms == {name for names in en.values() for name in names}


@pytest.mark.parametrize("file", ["diagnosis", "errors"])
def test_every_cause_has_a_term_to_look_up(file):
    """Of types that do not fit, all that there is to know is in the sentence."""
    causes = {key: text for key, text in words("en", file).items() if key.startswith("cause_")}

    assert [key for key, text in causes.items() if not TERM.search(text)] in (
        [], ["cause_types_do_not_fit"],
    )  # fmt: skip


def test_no_meaning_has_a_term_of_its_own():
    """A meaning opens over the page: one that opened over it would hide it."""
    for language in texts.LANGUAGES:
        assert not [key for key, text in words(language, "glossary").items() if "[[" in text]


@pytest.mark.parametrize("name", ["README.ja.md", "SECURITY.ja.md"])
def test_japanese_documents_have_full_width_punctuation(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", CODE, text, flags=re.DOTALL)

    assert re.findall(rf".{{8}}(?:(?<={JA})[(),:!?]|[(),:!?](?={JA})).{{8}}", text) == []
