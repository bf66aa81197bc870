# ruff: noqa: E501 - a page is easier to read on one line
"""Pages that no newsroom would write, and many that one might: for tests that nothing breaks on them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

STANCE = Path(__file__).parent / "gold" / "stance"
SAID = "President Ada Moreau said on Monday that “we accept the truce” and would meet Ben Okoro in Geneva."
PROSE = (
    "The foreign minister, Ben Okoro, told reporters in Paris that talks with Russia would resume on Friday. "
    "Ukrainian officials rejected the proposal, according to a senior diplomat who asked not to be named. "
    "“There will be no ceasefire,” Kremlin spokesman Dmitry Peskov said. Macron met Zelenskyy on Tuesday."
)
ZERO_WIDTH = SAID.replace(" ", "\u200b ")
UNBROKEN = SAID.replace(" ", "\u00a0")


def stance_pages(n: int, size: int) -> Iterator[str]:
    """`n` pages of `size` paragraphs each, evenly out of the annotated paragraphs, with a title."""
    lines = [line for path in sorted(STANCE.glob("?.jsonl")) for line in path.read_text("utf-8").splitlines()]
    step = max(1, len(lines) // (n * size))
    texts = [json.loads(line)["text"] for line in lines[::step]][: n * size]
    for number in range(n):
        body = "\n\n".join(texts[number * size : (number + 1) * size])
        yield f"Talks of the day, number {number}\n\nNovember {number % 28 + 1}, 2025\n\n{body}\n"


def feed(n_lines: int) -> str:
    """A live feed of about `n_lines` lines, the newest day first."""
    lines = ["Talks live: the latest"]
    entry = 0
    while len(lines) < n_lines:
        if entry % 40 == 0:
            lines.append(f"{28 - entry // 40 % 28} November 2025")
        hour, minute = 23 - entry % 24, entry * 7 % 60
        lines += [f"{hour:02}.{minute:02} GMT", f"Envoys say number {entry} is close", SAID, PROSE[:205]]
        entry += 1
    return "\n".join(lines)


def odd_pages(long: int = 60_000, nested: int = 5_000) -> Mapping[str, str]:
    """Text by name; the longest line has about `long` characters, the deepest `nested` quotations."""
    sentences = PROSE.split(". ")
    return {
        "one_long_line": "Talks resume\n\n" + (PROSE + " ") * (long // len(PROSE)),
        "one_long_word": f"{PROSE}\n\n{'x' * long}\n\n{PROSE}",
        "only_quotation_marks": "“”\n\"\"\n‘’\n«»\n''\n" * 40,
        "marks_in_prose": "\n\n".join(
            f"{SAID} {marks}" for marks in ("“““", "”””", '"""', "‘“’”", "»«", "''")
        ),
        "carriage_returns": f"Talks resume\r\n\r\n{SAID}\r\n\r\n{PROSE}\r\n" * 3,
        "old_mac_lines": f"Talks resume\r\r{SAID}\r\r{PROSE}\r",
        "mixed_quotes": f'Talks resume\n\n{SAID}\n\n"We agree,” he said. «Nous acceptons», he added. „Gut“, ‘so ’twas’ '
        f"he said: \"it's 'over'.\n\n{PROSE}",
        "right_to_left": f"Talks resume\n\n\u202e{SAID}\u202c\n\n\u200f“{PROSE}”\u200e קול ישראל said عربي.\n\n{PROSE}",
        "emojis": f"Talks 😀 resume\n\n😀 {SAID} 🇺🇦🇷🇺\n\n“👩‍👩‍👧‍👦 yes,” said 😀 Peskov.\n\n{PROSE}",
        "zero_widths": f"Talks\u200b resume\n\n{ZERO_WIDTH}\n\n\ufeff{PROSE}\n\n\u00ad{PROSE}",
        "odd_spaces": f"\u00a0Talks resume\u2003\n\n\u3000{UNBROKEN}\n\n{PROSE}\u2028{PROSE}\x0b{PROSE}",
        "table": f"Talks resume\n\n{PROSE}\n\n"
        + "Country\tVotes\tSaid\nFrance\t12\t“yes”\n| RU | 3 | no |\n" * 60,
        "capitals": f"{SAID}\n\n{PROSE}\n\n".upper() * 5,
        "lower_case": f"{SAID}\n\n{PROSE}\n\n".lower() * 5,
        "empty_title": f"\n\n \n\t\n{SAID}\n\n{PROSE}\n",
        "bullets": f"Talks resume\n\n{PROSE}\n\n"
        + "".join(f"• {s}.\n- {s}\n* {s}\n1. {s}\n" for s in sentences) * 8,
        "one_word_lines": "\n".join((PROSE + " " + SAID).split()) + f"\n\n{PROSE}",
        "nested_quotes": f"Talks resume\n\n{PROSE}\n\nHe said {'“he said ' * nested}no{'”' * nested}.\n\n{SAID}",
        "open_quotes": "Talks resume\n\n" + f"“{PROSE}\n\n" * 60,
        "one_sentence_of_clauses": f"Talks resume\n\n{PROSE}\n\nPeskov said "
        + "that Putin said " * 400
        + "no.",
        "names_only": f"Talks resume\n\n{PROSE}\n\n"
        + "Putin, Trump, Zelenskyy, Macron and " * 500
        + "Merz met.",
        "dates_only": f"Talks resume\n\n{PROSE}\n\n"
        + "on Monday, 31 February 2025, 99/99/9999, yesterday " * 300
        + ".",
        "years_far_off": f"Talks resume\n\nJanuary 1, 0001\n\nOn 31 December 9999 he said next year ends. {PROSE}",
        "repeated_page": f"Talks resume\n\n{SAID}\n\n" + f"{PROSE}\n\n" * 80,
        "control_characters": f"Talks resume\n\n{SAID}\x1b[31m\x7f\n\n{PROSE}\x85{PROSE}",
        "combining": f"Talks resume\n\n{SAID}\n\nPresident Z\u0301e\u0308l\u0302enskyy said “n\u0303o”. {PROSE}",
        "markup": f"<html><b>{SAID}</b>&nbsp;&quot;{PROSE}&quot;</html>\n\n[{PROSE}](x)\n\n**{SAID}**",
        "only_punctuation_said": f"Talks resume\n\n{PROSE}\n\n“...” said Putin. “!” he said. “ ” Putin said. “-,” told.",
        "no_final_stop": f"Talks resume\n\n{PROSE}\n\nPutin said",
        "verbs_only": f"Talks resume\n\n{PROSE}\n\n" + "said says told met rejected accepted " * 300,
    }
