import { displayDomain } from "@/lib/email-address/display-address";
import { type InvalidAddressReason, parseAddress } from "@/lib/email-address/email-address";
import { cleanName, findNameBefore, wordsOf } from "@/lib/email-address/name-beside-address";

/** An address found in a text. */
export type FoundAddress = {
  /** The part of the text that it was found in, as typed. */
  text: string;
  /** The canonical address. */
  address: string;
  /** The name beside it; null if there is none. */
  name: string | null;
  /** False if other text was attached to it, so that a person has to confirm it (REQ-B11). */
  certain: boolean;
};

/** Text that looks like an address and is not one. */
export type InvalidPart = { text: string; reason: InvalidAddressReason };

/**
 * The addresses of a text, each once; the parts that look like broken addresses; and the words that belong
 * neither to an address nor to its name, in order and as often as they occur.
 */
export type AddressesInText = {
  addresses: FoundAddress[];
  invalid: InvalidPart[];
  /** Both, in the order of the text. */
  parts: (FoundAddress | InvalidPart)[];
  ignoredWords: string[];
};

/** An address with its place: from the first character of its wrapper or prefix to the last one. */
type PlacedAddress = FoundAddress & {
  start: number;
  end: number;
  /** The place of `text`. */
  textStart: number;
  textEnd: number;
  isBracketed: boolean;
  /** True for a link with a subject or the like, to whose end anything may belong. */
  hasQuery: boolean;
};

const LOCAL_CHARACTER = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]/;
const DOMAIN_CHARACTERS = /(?:[\p{L}\p{M}\p{Nd}.-]|(?<=l)·(?=l)){1,300}/uy;
/** Longer runs before an @ are cut, so that the time is linear; an address has at most 64 characters there. */
const MAX_LOCAL_RUN = 300;

/** Characters of local parts that people do not use as separators. */
const PLAIN_CHARACTER = /[A-Za-z0-9_.+-]/;
const PLAIN_LOCAL_PART = /^[A-Za-z0-9][A-Za-z0-9_.+-]*(?:(?<=[A-Za-z])'(?=[A-Za-z])[A-Za-z0-9_.+-]*)?$/;
/** A number of a list that touches the address: `1.ann@x.io`. */
const LIST_NUMBER = /^\d{1,3}\.[_+-]*(?=[A-Za-z])/;

const CLOSING: Readonly<Record<string, string>> = {
  "<": ">",
  "(": ")",
  "[": "]",
  "{": "}",
  "＜": "＞",
  "（": "）",
  "［": "］",
  "【": "】",
  "「": "」",
  "『": "』",
  "〈": "〉",
  "《": "》",
  '"': '"',
  "＂": "＂",
  "'": "'",
  "`": "`'",
  "“": "”",
  "”": "”",
  "„": "“”",
  "‘": "’",
  "’": "’",
  "‚": "‘’",
  "«": "»",
  "»": "«»",
  "‹": "›",
  "›": "‹›",
};
const OPENING_BRACKET = /[<([{＜（［【「『〈《]/;
const CLOSING_BRACKET = /[>)\]}＞）］】」』〉》]/;
const QUOTE = /["＂'`“”„‘’‚«»‹›]/;

const SPACE = /[ \t\n\v\f\u3000]/;
/** White space that looks like a space but may be a part of what was typed: `bo<NBSP>b@x.io` (S-INPUT-3). */
const UNUSUAL_SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const SEPARATOR = /[,;，；、﹐﹔､]/;
const PUNCTUATION = /[.!?:…。．｡！？：,;，；、﹐﹔､]/;
const BULLET = /[•‣⁃∙◦▪▫●○■□►▶➤✓✔–—]/;
const WORD_CHARACTER = /[\p{L}\p{M}\p{N}]/u;
const ASCII_CHARACTER = /[!-~]/;
/** Writing without spaces between words, so that an address touches the words around it. */
const SPACELESS_SET =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}ー";
const SPACELESS = new RegExp(`[${SPACELESS_SET}]`, "u");
/** Top-level domains in such writing; behind others it is unknown where the domain ends. */
const SPACELESS_TOP_LEVEL =
  "中国|中國|香港|台湾|台灣|澳門|新加坡|公司|网络|网址|中文网|みんな|コム|한국|닷컴|ไทย|テスト|测试|測試|테스트";
const KNOWN_ENDING = new RegExp(`\\.(?:${SPACELESS_TOP_LEVEL})$`);
/** A domain that a word follows without a space: `x.io` in `x.io様` and `x.io.と`. */
const DOMAIN_BEFORE_WORD = new RegExp(
  `^.*?\\.(?:${SPACELESS_TOP_LEVEL}|[^.${SPACELESS_SET}]+)(?=[.-]*[${SPACELESS_SET}])`,
  "u",
);

const PREFIX = /(?<![A-Za-z0-9])(?:mailto|smtp):$/i;
const MAILTO_QUERY = /\?(?:[^\s<>"'()[\]@,;，；、|]|'(?=[A-Za-z])){0,300}/y;
/** A line that is commented out: its addresses are not invited without a look (REQ-B11). */
const COMMENT = /[^\S\n]*(?:#|\/\/|--(?!\S)|\/\*|<!--|REM\s)/y;
const HTML_TAG = /<\/?[a-z][a-z0-9]*(?:\s[^<>@]{0,500})?\/?>/gi;

/** After a separator: another address, or the name before one. */
const NEXT_ADDRESS =
  /["'“„«‘<([{]{0,3}(?:(?:[Mm]ailto|MAILTO|[Ss]mtp|SMTP):)?[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@|["'“„«‘\p{Lu}\p{Lo}][^<>@;\n]{0,100}<(?:mailto:)?[^<>@\s]{1,64}@/uy;
/** After a separator: what may be the rest of a domain, as in `ann@x.co,uk`. */
const REST_OF_DOMAIN = /[\p{L}\p{M}\p{N}-]/u;

/**
 * Finds all addresses in a text: separated in any way, wrapped in brackets, quotation marks or links, beside
 * names or in sentences (REQ-B2, REQ-B11). Addresses are certain only if nothing is attached to them that
 * could be a part of another address (S-INPUT-3). Takes time linear in the length of the text.
 */
export function findAddresses(text: string): AddressesInText {
  // Every replacement has the same length, so that places in it are places in the text.
  const source = text
    .replaceAll(/[＠﹫]/g, "@")
    .replaceAll(/\r\n?/g, (lineBreak) => (lineBreak === "\r" ? "\n" : " \n"))
    .replaceAll(HTML_TAG, (tag) => " ".repeat(tag.length));
  const scanner = new AddressScanner(text, source);
  for (let at = source.indexOf("@"); at !== -1; at = source.indexOf("@", Math.max(at + 1, scanner.position)))
    scanner.readAddress(at);
  return scanner.result();
}

class AddressScanner {
  /** Where the next @ is searched. */
  position = 0;
  /** The end of the domain of the last @, valid or not; the next local part begins behind it. */
  private domainEnd = 0;
  private last: PlacedAddress | null = null;
  /** The end of what is already counted as an address, a broken address, a name or ignored words. */
  private wordsEnd = 0;
  /** The line of the last address; -1 as the end before the first line. */
  private lineStart = 0;
  private lineEnd = -1;
  private isComment: boolean | null = null;
  private readonly addresses = new Map<string, FoundAddress>();
  private readonly invalid = new Map<string, InvalidPart>();
  private readonly parts: (FoundAddress | InvalidPart)[] = [];
  private readonly ignoredWords: string[] = [];

  constructor(
    private readonly typed: string,
    private readonly source: string,
  ) {}

  result(): AddressesInText {
    this.readGap(this.source.length, null);
    return {
      addresses: [...this.addresses.values()],
      invalid: [...this.invalid.values()],
      parts: this.parts,
      ignoredWords: this.ignoredWords,
    };
  }

  readAddress(at: number): void {
    const { source } = this;
    if (isSign(source[at - 1]) && isSign(source[at + 1])) {
      this.domainEnd = at + 1;
      return;
    }
    const localStart = this.findLocalStart(at);
    DOMAIN_CHARACTERS.lastIndex = at + 1;
    const domainRun = DOMAIN_CHARACTERS.exec(source)?.[0] ?? "";
    const isTwo = source[at + 1 + domainRun.length] === "@";
    // Without spaces between words, the run goes on to the next address: `a@x.io和b@x.io`.
    const run = isTwo ? (DOMAIN_BEFORE_WORD.exec(domainRun)?.[0] ?? domainRun) : domainRun;
    const typedDomain = run.replace(/[.-]+$/, "");
    const runEnd = at + 1 + run.length;
    const localRun = source.slice(localStart, at);
    // An @ that belongs to no word, as in `meet @ 5`, or a sign before an address, as in `@ann@x.io`.
    const belongsToNoWord =
      run === "" ? !WORD_CHARACTER.test(characterBefore(source, at)) : this.isAddressAt(at + 1);
    if (!/[A-Za-z0-9]$/.test(localRun) && belongsToNoWord) {
      this.domainEnd = at + 1;
      return;
    }
    this.domainEnd = runEnd;
    if (source[runEnd] === "@") {
      this.addInvalid(localStart, runEnd, "two-ats");
      return;
    }

    const domain = likelyDomain(typedDomain);
    if (domain.length < typedDomain.length) this.domainEnd = at + 1 + domain.length;
    const local = likelyLocalPart(localRun, source[at + 1 + domain.length] === "'");
    const localBegin = at - local.length;
    const domainEnd = at + 1 + domain.length;
    const reason = this.localPartReason(localStart, localRun, local);
    if (reason) {
      this.addInvalid(localStart, runEnd, reason);
      return;
    }
    const parsed = parseAddress(`${local}@${domain}`);
    if ("reason" in parsed) {
      const next = source[domainEnd] ?? "";
      const isInvisible = INVISIBLE.test(next) && !SPACE.test(next);
      this.addInvalid(localStart, runEnd, isInvisible ? "invisible" : parsed.reason);
      return;
    }

    const context = this.unwrap(localBegin, domainEnd);
    const { start, end } = context;
    if (source[end] === "@") {
      this.addInvalid(start, end, "two-ats");
      return;
    }
    const after = source[domainEnd] ?? "";
    if (INVISIBLE.test(after) && !SPACE.test(after) && /[A-Za-z0-9.@_-]/.test(source[domainEnd + 1] ?? "")) {
      this.addInvalid(start, end, "invisible");
      return;
    }
    const certain =
      isPlainLocalPart(local) &&
      isPlainDomain(typedDomain) &&
      domain === typedDomain &&
      !run.slice(typedDomain.length).includes("-") &&
      !context.isDoubled &&
      // `'o'brien@x.io'` could be two texts in quotation marks.
      !(local.includes("'") && /^[.,;:!?]*'/.test(source.slice(domainEnd, domainEnd + 4))) &&
      this.isFreeBefore(start, context.wrapper) &&
      this.isFreeAfter(end, context.wrapper) &&
      !this.isCommentedOut(start);
    const [textStart, textEnd] = certain
      ? [start, end]
      : this.placeWithAttached(start, Math.max(end, runEnd));
    this.add({
      text: this.typed.slice(textStart, textEnd),
      address: parsed.address,
      name: null,
      certain,
      start,
      end,
      textStart,
      textEnd,
      isBracketed: OPENING_BRACKET.test(context.wrapper),
      hasQuery: context.hasQuery,
    });
  }

  private findLocalStart(at: number): number {
    const limit = Math.max(this.domainEnd, this.position, at - MAX_LOCAL_RUN);
    let start = at;
    while (start > limit && LOCAL_CHARACTER.test(this.source[start - 1] ?? "")) start--;
    return start;
  }

  /** Returns the reason that the text before the @ is not a local part, if the address is broken there. */
  private localPartReason(start: number, run: string, local: string): InvalidAddressReason | null {
    const before = characterBefore(this.source, start);
    if (ASCII_CHARACTER.test(before) || SPACE.test(before) || before === "") return null;
    // Signs between them, as in `ä|ann@x.io`, make it attached text.
    if (!/^[._+-]*$/.test(run.slice(0, run.length - local.length))) return null;
    const beyond = characterBefore(this.source, start - before.length);
    if (INVISIBLE.test(before)) return run === "" || /[A-Za-z0-9]/.test(beyond) ? "invisible" : null;
    if (run === "") return WORD_CHARACTER.test(before) ? "local-part" : null;
    // A curly apostrophe inside, as in `o’brien@x.io`, or an accented or lookalike character.
    const decisive = /[’ʼ´＇]/.test(before) ? beyond : before;
    return WORD_CHARACTER.test(decisive) && !SPACELESS.test(decisive) ? "local-part" : null;
  }

  /** Removes brackets and quotation marks that enclose the address, and the prefixes `mailto:` and `SMTP:`. */
  private unwrap(localBegin: number, domainEnd: number) {
    const { source } = this;
    let start = localBegin;
    let end = domainEnd;
    let wrapper = "";
    let isDoubled = false;
    let hasPrefix = false;
    let hasQuery = false;
    for (let depth = 0; depth < 5; depth++) {
      if (!hasPrefix) {
        const prefix = PREFIX.exec(source.slice(Math.max(this.position, start - 8), start))?.[0];
        if (prefix) {
          hasPrefix = true;
          start -= prefix.length;
          MAILTO_QUERY.lastIndex = end;
          const query = prefix.length === 7 ? (MAILTO_QUERY.exec(source)?.[0] ?? "") : "";
          if (query !== "" && source[end + query.length] !== "@") {
            hasQuery = true;
            end += query.length;
          }
          continue;
        }
      }
      const opening = start > this.position ? (source[start - 1] ?? "") : "";
      const closing = CLOSING[opening];
      if (!closing) break;
      let closed = end;
      while (closed < end + 3 && PUNCTUATION.test(source[closed] ?? "")) closed++;
      const closingMark = source[closed] ?? "";
      if (closingMark === "" || !closing.includes(closingMark)) break;
      if (opening === wrapper) isDoubled = true;
      wrapper = opening;
      start--;
      end = closed + 1;
    }
    return { start, end, wrapper, isDoubled, hasQuery };
  }

  /** Returns true if nothing before `start` is attached to the address. */
  private isFreeBefore(start: number, wrapper: string): boolean {
    const { source } = this;
    const previous = this.last?.end ?? 0;
    const before = source[start - 1] ?? " ";
    if (SPACE.test(before)) return true;
    const touchable =
      this.last !== null && (!this.last.hasQuery || CLOSING_BRACKET.test(source[previous - 1] ?? ""));
    if (touchable && start === previous && (wrapper !== "" || CLOSING_BRACKET.test(before))) return true;
    // The sign between two addresses: `a@x.io|b@x.io`.
    if (touchable && start - 1 === previous && /[|/]/.test(before))
      return (
        !LOCAL_CHARACTER.test(source[start - 2] ?? "") || /[A-Za-z0-9.'`}]/.test(source[start - 2] ?? "")
      );
    // The end of a link: `<a href="mailto:…">`.
    if (before === ">" && /["']/.test(source[start - 2] ?? "")) return true;
    if (UNUSUAL_SPACE.test(before)) {
      let index = start - 1;
      while (index > previous && UNUSUAL_SPACE.test(source[index - 1] ?? "")) index--;
      return index === previous || wrapper !== "" || !/[^\s,;<>()]/.test(source[index - 1] ?? " ");
    }
    if (OPENING_BRACKET.test(wrapper) && wrapper !== "{")
      return before !== "@" && before !== wrapper && !/[=+#]/.test(before);
    if (wrapper !== "")
      return (
        /[,;|:，；、：]/.test(before) ||
        OPENING_BRACKET.test(before) ||
        (before === "=" && /\shref$/i.test(source.slice(Math.max(0, start - 6), start - 1)))
      );
    if (SEPARATOR.test(before) || before === "：" || before === "。") {
      let index = start - 1;
      while (index > previous && SEPARATOR.test(source[index - 1] ?? "")) index--;
      const beyond = characterBefore(source, index);
      if (index === 0 || index === previous || SPACE.test(beyond)) return true;
      if (/["”“»’)>\]]/.test(beyond)) return true;
      return !/[,;]/.test(before) && SPACELESS.test(beyond);
    }
    if (OPENING_BRACKET.test(before) && before !== "{") {
      const beyond = source[start - 2] ?? " ";
      return SPACE.test(beyond) || SEPARATOR.test(beyond);
    }
    if (BULLET.test(before)) return start === 1 || SPACE.test(source[start - 2] ?? "");
    return false;
  }

  /** Returns true if nothing after `end` is attached to the address. */
  private isFreeAfter(end: number, wrapper: string): boolean {
    const { source } = this;
    let index = end;
    while (index < end + 100 && PUNCTUATION.test(source[index] ?? "")) index++;
    const signs = source.slice(end, index);
    while (index < end + 100 && UNUSUAL_SPACE.test(source[index] ?? "")) index++;
    const next = source[index] ?? "";
    if (next === "" || SPACE.test(next)) return true;
    if (index > end + signs.length) return !ASCII_CHARACTER.test(next) || !REST_OF_DOMAIN.test(next);
    NEXT_ADDRESS.lastIndex = index;
    const isAddressNext = NEXT_ADDRESS.test(source);
    const hasSeparator = /[,;，；、﹐﹔､]/.test(signs);
    if (hasSeparator && isAddressNext) return true;
    if (OPENING_BRACKET.test(next) && next !== "{") return true;
    if (next === ">" && signs === "" && /["']/.test(wrapper)) return true;
    if (CLOSING_BRACKET.test(next)) {
      const beyond = source[index + 1] ?? " ";
      // `<<ann@x.io>>`, and text behind a bracket that closes nothing.
      if (next === CLOSING[wrapper]) return false;
      return !REST_OF_DOMAIN.test(beyond) && beyond !== "@" && beyond !== next;
    }
    if (OPENING_BRACKET.test(wrapper)) return isAddressNext || (!REST_OF_DOMAIN.test(next) && next !== "@");
    if (wrapper !== "") {
      if (signs !== "") return true;
      return next === "|" || (QUOTE.test(next) && next !== wrapper && !CLOSING[wrapper]?.includes(next));
    }
    if (signs === "") return /[|/]/.test(next) && this.isAddressAt(index + 1);
    if (/["“„«]/.test(next)) return hasSeparator;
    if (/[。！？，；、：]$/.test(signs)) return !ASCII_CHARACTER.test(next);
    return hasSeparator && /^[A-Za-z0-9]{1,10}:\S/.test(source.slice(index, index + 12));
  }

  private isAddressAt(index: number): boolean {
    NEXT_ADDRESS.lastIndex = index;
    return NEXT_ADDRESS.test(this.source);
  }

  private isCommentedOut(start: number): boolean {
    while (this.lineEnd < start) {
      this.lineStart = this.lineEnd + 1;
      const next = this.source.indexOf("\n", this.lineStart);
      this.lineEnd = next === -1 ? this.source.length : next;
      this.isComment = null;
    }
    if (this.isComment === null) {
      COMMENT.lastIndex = this.lineStart;
      this.isComment = COMMENT.test(this.source);
    }
    return this.isComment;
  }

  /** Returns the place from `start` to `end` with what is attached to it. */
  private placeWithAttached(start: number, end: number): [number, number] {
    const { source } = this;
    let first = start;
    const limit = Math.max(this.position, start - 100);
    while (first > limit && !SPACE.test(source[first - 1] ?? "")) first--;
    const after = /^[^\s,;，；、@<>]{0,100}/.exec(source.slice(end, end + 101))?.[0] ?? "";
    return [first, source[end + after.length] === "@" ? end : end + after.length];
  }

  private addInvalid(start: number, end: number, reason: InvalidAddressReason): void {
    const { source } = this;
    let first = start;
    const limit = Math.max(this.position, start - 100);
    while (first > limit && !/[\s,;，；、]/.test(source[first - 1] ?? "")) first--;
    const attached = /^[^\s,;，；、|<>()]{0,200}/.exec(source.slice(end, end + 201))?.[0] ?? "";
    // Another address may follow, but `"a@b"@x.io` is one text.
    const rest = attached.indexOf("@") > 1 || /^[^"@]@/.test(attached) ? "" : attached;
    const last = end + rest.length;
    const text = this.typed.slice(first, last);
    this.readGap(first, null);
    this.position = last;
    this.wordsEnd = Math.max(this.wordsEnd, last);
    // The forms that a single address may have, such as a domain that is a symbol.
    const whole = parseAddress(text);
    if ("address" in whole) {
      if (!this.addresses.has(whole.address)) this.insert({ ...whole, name: null, certain: false });
      return;
    }
    const stated = reason === "invisible" || reason === "local-part" ? reason : whole.reason;
    if (this.invalid.has(text)) return;
    const part = { text, reason: stated };
    this.invalid.set(text, part);
    this.parts.push(part);
  }

  private insert(found: FoundAddress): void {
    this.addresses.set(found.address, found);
    this.parts.push(found);
  }

  private add(found: PlacedAddress): void {
    this.readGap(found.textStart, found);
    const { source } = this;
    // An address in the quoted name of another one: `"ann@x.io" <bob@x.io>`.
    const certain = found.certain && !isQuotedName(source, found);
    const { text, address, name } = found;
    const known = this.addresses.get(address);
    if (!known) this.insert({ text, address, name, certain });
    else {
      if (certain && !known.certain) {
        known.text = text;
        known.certain = true;
      }
      known.name ??= name;
    }
    this.last = found;
    this.position = found.end;
    this.domainEnd = Math.max(this.domainEnd, found.end);
    this.wordsEnd = Math.max(this.wordsEnd, found.textEnd);
  }

  /** Reads the text up to `end`: the names beside the addresses around it, and words to ignore. */
  private readGap(end: number, next: PlacedAddress | null): void {
    const { source } = this;
    let begin = this.wordsEnd;
    if (end < begin) return;
    const last = this.last;
    if (last && last.end === begin && !last.isBracketed) {
      const name = /^ ?[(（]([^()（）@<>\n]{1,100})[)）]/.exec(source.slice(begin, begin + 104));
      const known = this.addresses.get(last.address);
      if (name && known && known.name === null) {
        known.name = cleanName(name[1] ?? "");
        if (known.name !== null) begin += name[0].length;
      }
    }
    const tail = source.slice(Math.max(begin, end - 300), end);
    const found = next && findNameBefore(tail, next.isBracketed, tail.length === end);
    if (next && found) next.name = found.name;
    const nameStart = found ? end - tail.length + found.start : end;
    this.addWords(begin, nameStart);
    if (found) this.ignoredWords.push(...wordsOf(found.dropped));
    this.wordsEnd = end;
  }

  private addWords(start: number, end: number): void {
    if (start < end) for (const word of wordsOf(this.source.slice(start, end))) this.ignoredWords.push(word);
  }
}

/**
 * Returns the part before the @ without what is probably attached to it: `ann` for `sales|ann`, also for
 * `sales'ann` if a quotation mark follows the address.
 */
function likelyLocalPart(run: string, isQuoted: boolean): string {
  let start = run.length;
  while (start > 0 && (PLAIN_CHARACTER.test(run[start - 1] ?? "") || isApostrophe(run, start - 1))) start--;
  while (start < run.length && !/[A-Za-z0-9]/.test(run[start] ?? "")) start++;
  start += LIST_NUMBER.exec(run.slice(start))?.[0].length ?? 0;
  if (isQuoted && run[start - 1] !== "'") {
    // The quotation mark opens before the address; a second one is the apostrophe of `o'brien`.
    const inner = run.lastIndexOf("'");
    const opening = inner > 0 ? run.lastIndexOf("'", inner - 1) : -1;
    const opens =
      opening !== -1 || !/(?:^|[^A-Za-z])[A-Za-z]{1,2}$/.test(run.slice(start, Math.max(start, inner)));
    if (opens) start = Math.max(start, (opening === -1 ? inner : opening) + 1);
  }
  const dashes = run.lastIndexOf("--");
  if (dashes !== -1) start = Math.max(start, dashes + 2);
  return start < run.length ? run.slice(start) : run;
}

/** Returns true for the apostrophe of `o'brien`. */
function isApostrophe(text: string, index: number): boolean {
  return (
    text[index] === "'" && /[A-Za-z]/.test(text[index - 1] ?? "") && /[A-Za-z]/.test(text[index + 1] ?? "")
  );
}

function isPlainLocalPart(local: string): boolean {
  return PLAIN_LOCAL_PART.test(local) && !local.includes("--");
}

/**
 * Returns the domain without a word that is probably attached to it, of another script or with a capital:
 * `x.io` for `x.io様` and `x.io.Thanks`.
 */
function likelyDomain(domain: string): string {
  const sentence = /^(.*\.[a-z]{2,})\.[A-Z][a-z]+$/.exec(domain)?.[1];
  if (sentence) return sentence;
  if (KNOWN_ENDING.test(domain)) return domain;
  return DOMAIN_BEFORE_WORD.exec(domain)?.[0].replace(/-+$/, "") ?? domain;
}

/** Returns true for a domain in ASCII, or in its own script if that is mapped to nothing else. */
function isPlainDomain(domain: string): boolean {
  if (/^[!-~]*$/.test(domain)) return true;
  if (domain.normalize("NFKC") !== domain.normalize("NFC")) return false;
  if (SPACELESS.test(domain.slice(domain.lastIndexOf("."))) && !KNOWN_ENDING.test(domain)) return false;
  const url = `http://${domain}`;
  return URL.canParse(url) && !displayDomain(new URL(url).hostname).includes("xn--");
}

/** Returns true if the address is in the quoted name of another address. */
function isQuotedName(source: string, { end }: { end: number }): boolean {
  return (
    /^["”“»'’]\s{0,3}</.test(source.slice(end - 1, end + 4)) ||
    /^["”“»'’]\s{0,3}</.test(source.slice(end, end + 5))
  );
}

/** Returns the whole character that ends at `index`; "" at the beginning of the text. */
function characterBefore(text: string, index: number): string {
  if (index <= 0) return "";
  const code = text.charCodeAt(index - 1);
  return text.slice(code >= 0xdc00 && code <= 0xdfff ? Math.max(0, index - 2) : index - 1, index);
}

/** Returns true for characters beside an @ that no address has there; checked first, because it is fast. */
function isSign(character: string | undefined): boolean {
  return character === undefined || '@ \t\n"<>()[],;:\\'.includes(character);
}
