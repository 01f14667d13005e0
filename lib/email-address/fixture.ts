import fc from "fast-check";

/** A person of a paste: certain, or only offered. The address is canonical. */
type PastedPerson = { address: string; name: string | null; certain: boolean };

const person = (address: string, name: string | null = null): PastedPerson => ({
  address,
  name,
  certain: true,
});
const PAULO = "paulo.reis@corp.test";
const KAI = "kai.lund@corp.test";

/** What people paste into New Invitation, whom it names, and the words that are neither (REQ-B2, REQ-B11). */
export const PASTES: readonly { from: string; text: string; people: PastedPerson[]; ignored?: string }[] = [
  {
    from: "Outlook desktop",
    text: `Reis, Paulo <${PAULO}>; Lund, Kai <${KAI}>`,
    people: [person(PAULO, "Paulo Reis"), person(KAI, "Kai Lund")],
  },
  {
    from: "Outlook, quoted",
    text: `"Reis, Paulo" <${PAULO}>; "Lund, Kai" <${KAI}>`,
    people: [person(PAULO, "Paulo Reis"), person(KAI, "Kai Lund")],
  },
  {
    from: "Outlook on the web",
    text: `Paulo Reis<${PAULO}>;Kai Lund<${KAI}>;`,
    people: [person(PAULO, "Paulo Reis"), person(KAI, "Kai Lund")],
  },
  {
    from: "directory with departments",
    text: `Reis Paulo (Sales) <${PAULO}>; Lund Kai (IT, 2nd floor) <${KAI}>`,
    people: [person(PAULO, "Reis Paulo"), person(KAI, "Lund Kai")],
    ignored: "Sales IT 2nd floor",
  },
  { from: "single quotes", text: `'${PAULO}'; '${KAI}' <${KAI}>`, people: [person(PAULO), person(KAI)] },
  {
    from: "two spreadsheet columns",
    text: `Name\tEmail\nPaulo\t${PAULO}\nKai\t${KAI}`,
    people: [person(PAULO, "Paulo"), person(KAI, "Kai")],
    ignored: "Name Email",
  },
  { from: "browser link", text: `mailto:${PAULO}?subject=Hi`, people: [person(PAULO)] },
  {
    from: "brackets",
    text: `Paulo Reis (${PAULO}), [${KAI}]`,
    people: [person(PAULO, "Paulo Reis"), person(KAI)],
  },
  {
    from: "sentence",
    text: `Please add ${PAULO} and ${KAI}. Thanks!`,
    people: [person(PAULO), person(KAI)],
    ignored: "Please add and Thanks",
  },
  {
    from: "separators",
    text: `${PAULO}|${KAI} / ida@corp.test`,
    people: [PAULO, KAI, "ida@corp.test"].map((address) => person(address)),
  },
  { from: "glued", text: `Sales|${PAULO}`, people: [{ ...person(PAULO), certain: false }] },
  {
    from: "Chinese and Japanese separators",
    text: `${PAULO}，${KAI}；ida@corp.test、jon@corp.test`,
    people: [PAULO, KAI, "ida@corp.test", "jon@corp.test"].map((address) => person(address)),
  },
  { from: "full-width at sign", text: "paulo.reis＠corp.test", people: [person(PAULO)] },
  {
    from: "bullets and numbers",
    text: `• ${PAULO}\n- ida@corp.test\n1. jon@corp.test\n2) leo@corp.test`,
    people: [PAULO, "ida@corp.test", "jon@corp.test", "leo@corp.test"].map((address) => person(address)),
  },
  {
    from: "internationalized domain",
    text: "kontakt@müller.test",
    people: [person("kontakt@xn--mller-kva.test")],
  },
];

/** Texts as real files and pastes have them, with the canonical addresses that were written into them. */
export type NoisyText = { text: string; addresses: string[] };

const words = fc.constantFrom(
  "ann",
  "bo",
  "lee",
  "mary",
  "o",
  "x",
  "smith",
  "jose",
  "kim2",
  "a1",
  "info",
  "hr",
);

/** Local parts without signs that people use as separators. */
const plainLocalPart = fc
  .tuple(
    words,
    fc.array(fc.tuple(fc.constantFrom(".", "-", "_", "+", ""), words), { maxLength: 3 }),
    fc.boolean(),
  )
  .map(([first, rest, hasApostrophe]) => {
    const local = first + rest.map(([sign, word]) => sign + word).join("");
    return hasApostrophe && local.length < 20 ? `o'${local}` : local;
  });

const typedDomains: readonly (readonly [string, string])[] = [
  ["x.io", "x.io"],
  ["corp.example", "corp.example"],
  ["MAIL.CORP.EXAMPLE", "mail.corp.example"],
  ["sub-1.corp.co.uk", "sub-1.corp.co.uk"],
  ["müller.test", "xn--mller-kva.test"],
  ["xn--mller-kva.test", "xn--mller-kva.test"],
  ["例え.テスト", "xn--r8jz45g.xn--zckzah"],
  ["пример.рф", "xn--e1afmkfd.xn--p1ai"],
];

type Typed = { typed: string; address: string };

const typedAddress = (local: fc.Arbitrary<string>): fc.Arbitrary<Typed> =>
  fc
    .tuple(local, fc.constantFrom(...typedDomains), fc.constantFrom("@", "@", "@", "＠"), fc.boolean())
    .map(([part, [domain, stored], sign, isUpper]) => ({
      typed: (isUpper ? part.toUpperCase() : part) + sign + domain,
      address: `${part}@${stored}`,
    }));

const wrappers: readonly (readonly [string, string])[] = [
  ["", ""],
  ["<", ">"],
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ["“", "”"],
  ["„", "“"],
  ["”", "”"],
  ["‘", "’"],
  ["«", "»"],
  ["»", "«"],
  ["（", "）"],
  ["「", "」"],
  ["【", "】"],
  ["《", "》"],
  ['""', '""'],
  ['"""', '"""'],
  ["<<", ">>"],
  ["''", "''"],
  ["**", "**"],
  ["*", "*"],
  ["_", "_"],
  ["~~", "~~"],
  ["|", "|"],
  ["<mailto:", ">"],
  ["mailto:", ""],
  ["mailto:", "?subject=Hello%20you"],
  ["SMTP:", ""],
  ["smtp:", ";X500:/o=corp/cn=ann"],
  ["&lt;", "&gt;"],
  ['<a href="mailto:', '">Write</a>'],
  ['=HYPERLINK("mailto:', '","Ann")'],
  ['="', '"'],
  ["<td>", "</td>"],
];

const before = fc.constantFrom(
  ...[
    "",
    "",
    "",
    "",
    " ",
    "\t",
    "Ann Lee ",
    "Ann Lee",
    '"Lee, Ann" ',
    "'Lee, Ann' ",
    "Lee, Ann ",
    "Ann (Sales) ",
  ],
  ...[
    "Lund Kai (IT, 2nd floor) ",
    "Ann Lee - ",
    "Ann;",
    "Ann,",
    "Ann\t",
    '"Ann",',
    "'Ann',",
    "Sales|",
    "Sales/",
  ],
  ...[
    "Lee/",
    "email=",
    "email:",
    "E-Mail: ",
    "E-Mail:",
    "#",
    "# ",
    "// ",
    "*",
    "* ",
    "-",
    "- ",
    "--",
    "+",
    "=",
    "&",
  ],
  ...[
    "~",
    "?",
    "!",
    "$",
    "%",
    "^",
    "{",
    "}",
    "|",
    "/",
    "'",
    "’",
    '"',
    "`",
    "“",
    "<",
    ">",
    "(",
    "[",
    "]",
    ")",
    "\\",
  ],
  ...[
    "1.",
    "1. ",
    "2)",
    "2) ",
    "(3) ",
    "(3)",
    "•",
    "• ",
    "– ",
    "—",
    "@",
    "bo\u00a0",
    "\u00a0",
    "\u200b",
    "\ufeff",
  ],
  ...[
    "\u202a",
    "王小明",
    "王小明，",
    "邮箱：",
    "メール:",
    "Please add ",
    "...",
    "…",
    ",,,",
    ";;",
    '{"email":',
    "::: ",
  ],
);

const after = fc.constantFrom(
  ...[
    "",
    "",
    "",
    "",
    ".",
    ",",
    ";",
    ":",
    "!",
    "?",
    "...",
    "…",
    "'",
    "’",
    '"',
    "”",
    "`",
    "*",
    "~~",
    "|",
    "/",
    "=",
    "#",
  ],
  ...[
    "+",
    "&",
    ">",
    ")",
    "]",
    "}",
    "<",
    "(",
    "[",
    "{",
    " (Ann Lee)",
    "(Ann Lee)",
    " - Sales",
    ":25",
    "/evil",
    "\\",
  ],
  ...[
    "?subject=Hi",
    "。谢谢",
    "，谢谢",
    "様",
    "です",
    " \u00a0",
    "\u00a0",
    "\u00a0Ann",
    "\u200b",
    "\u202c",
    ";b",
  ],
  ...[
    ",Ann Lee",
    ", Sales",
    "\tSales",
    "|Sales",
    ",,,,",
    "; ",
    " . Thanks",
    ".)",
    '."',
    '",',
    "①",
    "✅",
    "_",
    "-",
  ],
);

const separators = fc.constantFrom(
  ...[
    ",",
    ", ",
    ";",
    "; ",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "|",
    " | ",
    "/",
    " / ",
    "，",
    "；",
    "、",
    "。",
    "\u3000",
  ],
  ...[
    " and ",
    " - ",
    "\n• ",
    "\n- ",
    "\n1. ",
    "\n2) ",
    ",\u00a0",
    "\u00a0",
    "&",
    " & ",
    " + ",
    "=",
    ":",
    "<br>",
    "<br/>",
  ],
  ...[
    "</td><td>",
    "</li>\n<li>",
    ",,,,",
    ";;",
    "\t\t",
    "和",
    "と",
    "\n\n# ",
    "\n> ",
    " ::: ",
    ",\n",
    ";\r\n",
    "\v",
    "\f",
  ],
);

/** Noise that may hide an address, so that only "no other address is certain" holds. */
const hardNoise = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.string({ maxLength: 5, unit: "grapheme" }),
  fc.string({
    maxLength: 4,
    unit: fc.constantFrom(..."<>()[]{}\"'`@,;|/=#*!~^&+?.-_ \t\n\\:“”«»’\u200b\u00a0"),
  }),
);

type Noise = {
  before: fc.Arbitrary<string>;
  after: fc.Arbitrary<string>;
  /** Remove what would make another address together with the one that it touches, such as `x` before `ann@x.io`. */
  trimEnd: (text: string) => string;
  trimStart: (text: string) => string;
};

function textsOf(item: fc.Arbitrary<Typed>, noise: Noise) {
  const part = fc
    .tuple(item, fc.constantFrom(...wrappers), noise.before, noise.after)
    .map(([{ typed, address }, [open, close], lead, trail]) => ({
      text:
        (open === "" || open === "_" ? noise.trimEnd(lead) : lead) +
        open +
        typed +
        close +
        (close === "" ? noise.trimStart(trail) : trail),
      address,
    }));
  return fc
    .tuple(
      fc.array(fc.tuple(part, separators), { minLength: 1, maxLength: 4 }),
      fc.constantFrom("", "Name\tEmail\n"),
    )
    .map(
      ([parts, header]): NoisyText => ({
        text: header + parts.map(([{ text }, separator]) => text + separator).join(""),
        addresses: parts.map(([{ address }]) => address),
      }),
    );
}

/** Tables and other text as programs write them. */
const documents = fc.array(typedAddress(plainLocalPart), { minLength: 1, maxLength: 4 }).chain((people) => {
  const lines = (line: (typed: string) => string) => people.map(({ typed }) => line(typed)).join("\n");
  const typed = people.map((person) => person.typed);
  return fc
    .constantFrom(
      JSON.stringify(typed),
      JSON.stringify(
        people.map((person) => ({ name: "Ann Lee", email: person.typed })),
        null,
        2,
      ),
      lines((address) => `"Lee, Ann","${address}",,"Sales"`),
      lines((address) => `'Ann','${address}','Sales'`),
      lines((address) => `Ann;Lee;${address};Sales`),
      lines((address) => `| Ann Lee | ${address} | Sales |`),
      lines((address) => `|Ann Lee|${address}|Sales|`),
      lines((address) => `<tr><td>Ann</td><td><a href="mailto:${address}">${address}</a></td></tr>`),
      lines((address) => `EMAIL;TYPE=INTERNET;TYPE=WORK:${address}`),
      lines((address) => `mail: ${address}`),
      lines((address) => `  - email: ${address}`),
      lines((address) => `INSERT INTO people VALUES (1, 'Ann', '${address}');`),
      lines((address) => `Ann Lee <${address}>;`),
      lines((address) => `* [${address}](mailto:${address})`),
      lines((address) => `From: Ann Lee <${address}>\nTo: "${address}" <${address}>`),
      typed.join(", "),
      `(${typed.join(", ")})`,
      `"${typed.join('","')}"`,
      `"${typed.join("; ")}"`,
    )
    .map((text): NoisyText => ({ text, addresses: people.map(({ address }) => address) }));
});

/** Addresses without unusual signs, in the separators, wrappers and noise of real files. */
export const noisyTexts = fc.oneof(
  {
    weight: 3,
    arbitrary: textsOf(typedAddress(plainLocalPart), {
      before,
      after,
      trimEnd: (text) => text.replace(/[A-Za-z0-9]+$/, ""),
      trimStart: (text) => text,
    }),
  },
  documents,
);

/** Any valid addresses in any noise. */
export const hostileTexts = textsOf(
  fc.oneof(
    typedAddress(plainLocalPart),
    fc
      .emailAddress()
      // With quotation marks, `'ann@x.io'` could be another address in them.
      .filter((typed) => !/['`{]/.test(typed))
      .map((typed) => ({ typed, address: typed.toLowerCase() })),
  ),
  {
    before: fc.oneof(before, hardNoise),
    after: fc.oneof(after, hardNoise),
    trimEnd: (text) => text.replace(/[\p{L}\p{M}\p{N}._+'-]+$/u, ""),
    trimStart: (text) => text.replace(/^[\p{L}\p{M}\p{N}.·-]+/u, ""),
  },
);

/** Returns the addresses that are neither found nor to be confirmed, and the certain ones that are others. */
export function compareAddresses(
  { text, addresses }: NoisyText,
  found: readonly { address: string; certain: boolean }[],
) {
  return {
    text,
    missing: addresses.filter((address) => !found.some((entry) => entry.address === address)),
    others: found
      .filter((entry) => entry.certain && !addresses.includes(entry.address))
      .map(({ address }) => address),
  };
}
