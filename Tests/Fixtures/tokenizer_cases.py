"""Asks a llama.cpp server for the token ids of a few thousand awkward texts.

    tokenizer_cases.py http://127.0.0.1:8080 FOLDER

writes FOLDER/cases.json. With the server's model beside it as FOLDER/model.gguf, and MUSTER_TOKENIZER_CASES naming the
folder above, the suite ReferenceTokensTests compares. The texts are drawn with a fixed seed, the same for every model.
"""
import http.client, json, pathlib, random, sys, unicodedata, urllib.parse

WORDS = """hello World don't I'LL we've O'Reilly you're they'd it's 'quoted' naïve café CamelCaseWord HTTPServer getURL2x
snake_case_name x = y+1; a->b::c #include <stdio.h> def f(self): return None } else { //comment /*x*/ \\n \\t $var
http://example.com/a?b=c&d=%20e user@example.org C:\\path\\to ~/dir ~tilde~ ~~~ `code` ^caret |pipe| <tag/> &amp;
Straße ÉCOLE ÎLE ŒUVRE İstanbul ıI ǅungla ŉ ſharp ﬁne Ωμέγα ΑΣΣΣ Москва ёлка Київ עברית שָׁלוֹם العربية مَرْحَبًا فارسی‌ها
हिन्दी नमस्ते தமிழ் తెలుగు ಕನ್ನಡ മലയാളം বাংলা ไทยภาษา ລາວ ភាសាខ្មែរ မြန်မာ བོད་ཡིག ქართული ᲥᲐᲠᲗ հայերեն አማርኛ ᏣᎳᎩ ᐃᓄᒃ
日本語 ひらがな カタカナ ﾊﾝｶｸ 漢字かな交じり 中文，标点。 「引用」 한국어 조합 ᄒ̣ᅡᆫ 𠮷野家 𝔘𝔫𝔦 𐐷𐐀 𐍈 𞤀𞥃 ꙮ ⵣ ꭰꮿ
ＦＵＬＬ ｗｉｄｔｈ ！？：；～ ‘’“”‟ … — ‐ § ¶ © ™ € £ ¥ ₿ ± × ÷ √ ∞ ≠ ∑ ∂ ← ⇒ ☃ ♥ ★ ⠿ ─┼█ ▁ ▁▁ ▁a""".split()
EMOJI = ["👍", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🇩🇪🇫🇷", "🇩", "❤️", "✌🏿", "1️⃣", "🧑🏻‍🚀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🫨", "\u200d", "\ufe0f"]
SPACE = [" ", "  ", "   ", " " * 7, " " * 17, " " * 33, "\t", "\t\t", "\n", "\n\n", "\n\n\n", "\r\n", "\r", "\r\n\r\n", " \n",
         "\n ", " \t ", "\v", "\f", "\u0085", "\u00a0", "\u00a0\u00a0", "\u1680", "\u2003", "\u2028", "\u2029", "\u202f",
         "\u205f", "\u3000", "\u3000\u3000", "\u200b", "\u2060", "\ufeff", "\u180e", " \u3000", "\n" * 5, "\n" * 33]
DIGITS = ["0", "1", "12", "123", "1234", "12345678901", "3.14", "1,000,000", "1e-9", "0x1F", "٣", "٣٤٥٦", "۱۲۳۴", "१२३४५",
          "１２３４", "²³", "½¾", "Ⅷ", "ⅷⅸ", "①②③④", "〇", "一二三", "万", "𝟘𝟙𝟚𝟛", "੧੨", "௧௨", "1st", "v2.0.1", "2024-01-02"]
MARKS = ["e\u0301", "\u0301", "\u0301a", "a\u0308\u0323", "\u20dd", "Z͑ͫ̓ͪ̂", "ก็", "क्ष", "\u093f", "!\u0301", "1\u0301", " \u0301"]
CONTROL = [chr(c) for c in [0, 1, 2, 7, 8, 0x1B, 0x1C, 0x1F, 0x7F, 0x80, 0x9F, 0xAD]] + [
    "\x1b[31m", "\ufffd", "\ufffe", "\uffff", "\U0010ffff", "\ue000", "\U000f0000", "\u0378", "\U000e0001", "\u202e", "\u2066"]
PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~") + ["...", "!!!", "?!", "/*", "*/", "//", "://", "--", "->", "==", "};", "\")",
          "';", "'s", "'S", "'ll", "'LL", "'Re", "'ſ", "’s", "''", ".\n", ";\n\n", "!/\n", "/\r\n/", "+a", "$b", "~c", "^D", "_e"]
NAMES = ["<|im_end|>", "<|im_start|>", "<|endoftext|>", "<bos>", "<eos>", "<end_of_turn>", "<tool_call>", "<0x41>", "<h1>",
         "</td>", "<|", "|>", "<|im_en", "<table>", "[multimodal]", "<unused5>"]
KINDS = [WORDS] * 6 + [EMOJI, SPACE, SPACE, SPACE, DIGITS, DIGITS, MARKS, CONTROL, PUNCTUATION, PUNCTUATION]

def texts(seed=20240517, count=3000):
    draw = random.Random(seed)
    lines = [""] + [item for kind in (WORDS, EMOJI, SPACE, DIGITS, MARKS, CONTROL, PUNCTUATION, NAMES) for item in kind]
    lines += [a + b for a in SPACE[:12] + ["\u00a0", "\u3000"] for b in ["a", "1", ".", "日", "\u0301", "~", "\x01", ""]]
    lines += [a + " " * 3 + b for a in ["a", "1", ".", "日", "~", "\n"] for b in ["b", "2", ";", "本", "\n", ""]]
    lines += [unit * times for unit in ["a", "ab", "A", "é", "日", " ", "\n", "1", "!", "👍", "\u0301", "=", "~", "\t", "aB", "xyzzy"]
              for times in (2, 3, 5, 16, 100, 700)]
    while len(lines) < count:
        form = draw.random()
        if form < 0.70:  # a mixture, with a space between or not
            glue = draw.choice(["", " ", " ", ""])
            lines.append(glue.join(draw.choice(draw.choice(KINDS)) for _ in range(draw.randint(2, 14))))
        elif form < 0.80:  # characters of every script, as assigned in Unicode 3.2: newer ones differ between versions
            pool = (chr(draw.choice([draw.randrange(0x250), draw.randrange(0x3000), draw.randrange(0x20000)])) for _ in iter(int, 1))
            known = (c for c in pool if unicodedata.ucd_3_2_0.category(c) not in ("Cn", "Cs"))
            lines.append("".join(next(known) for _ in range(draw.randint(3, 25))))
        elif form < 0.88:  # letters in both cases, as names of programs have them
            lines.append("".join(draw.choice("aBcDEéÉ日ß'sS1_/") for _ in range(draw.randint(5, 40))))
        elif form < 0.95:  # layout
            lines.append("".join(draw.choice(SPACE + ["x", ";", "{", "9", "日"]) for _ in range(draw.randint(3, 20))))
        else:  # names of tokens inside a text
            lines.append("".join(draw.choice(NAMES + WORDS + [" ", "\n"]) for _ in range(draw.randint(2, 8))))
    return lines

def main(address, folder):
    server = http.client.HTTPConnection(urllib.parse.urlparse(address).netloc)
    def ids(text, special, parsed):
        body = json.dumps({"content": text, "add_special": special, "parse_special": parsed})
        server.request("POST", "/tokenize", body, {"Content-Type": "application/json"})
        return json.loads(server.getresponse().read())["tokens"]
    cases = [{"text": text, "asText": ids(text, False, False), "asTokens": ids(text, False, True),
              "asPrompt": ids(text, True, True)} for text in texts()]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cases.json").write_text(json.dumps({"cases": cases}, ensure_ascii=True))
    print(len(cases), "cases in", folder)

if __name__ == "__main__":
    main(*sys.argv[1:])
