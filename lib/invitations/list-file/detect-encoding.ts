import { decodeBytes, decodeStrictly, type Encoding } from "@/lib/invitations/list-file/encodings";

/**
 * Guesses the encoding of bytes that are neither UTF-8 nor UTF-16 (REQ-B12). Each encoding that decodes a sample
 * cleanly is a candidate. The candidate whose text is the most probable in one of its languages wins. Lists are short
 * and mostly ASCII, so the statistics are about single letters and their neighbors, not about words.
 */
export function guessEncoding(file: Uint8Array): Encoding {
  const sample = sampleLines(file);
  if (isMostlyUtf8(sample)) return "utf-8";
  let best: { encoding: Encoding; cost: number } = {
    encoding: "windows-1252",
    cost: Number.POSITIVE_INFINITY,
  };
  for (const { encoding, prior, languages, kind } of PROFILES) {
    const text = decodeStrictly(sample, encoding);
    if (text === null) continue;
    const cost =
      prior + (kind === "cjk" ? ideographCost(text, languages) : letterCost(text, kind, languages));
    if (cost < best.cost) best = { encoding, cost };
  }
  return best.encoding;
}

const SAMPLE_BYTES = 16_384;

/** Returns the lines with bytes beyond ASCII, up to 16 kB. No encoding uses line ends as parts of characters. */
function sampleLines(file: Uint8Array): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES);
  let length = 0;
  let lineStart = 0;
  let isAscii = true;
  for (let index = 0; index <= file.length && length < SAMPLE_BYTES; index += 1) {
    const byte = file[index] ?? 0x0a;
    if (byte >= 0x80) isAscii = false;
    if (byte !== 0x0a && byte !== 0x0d) continue;
    if (!isAscii) {
      const line = file.subarray(lineStart, Math.min(index + 1, lineStart + SAMPLE_BYTES - length));
      // A line that is cut could end in the middle of a character, so it only counts if it is the first.
      if (line.length === index + 1 - lineStart || index === file.length || length === 0) {
        sample.set(line, length);
        length += line.length;
      } else return sample.subarray(0, length);
    }
    lineStart = index + 1;
    isAscii = true;
  }
  return withoutCutCharacter(sample.subarray(0, length));
}

/** Removes the bytes beyond ASCII at the end of a full sample, where a character may have been cut. */
function withoutCutCharacter(sample: Uint8Array): Uint8Array {
  if (sample.length < SAMPLE_BYTES) return sample;
  let end = sample.length;
  while (end > 0 && (sample[end - 1] ?? 0) >= 0x40) end -= 1;
  return sample.subarray(0, end === 0 ? sample.length : end);
}

/** UTF-8 with a few damaged characters, as lists that were joined or cut have. */
function isMostlyUtf8(sample: Uint8Array): boolean {
  const text = decodeBytes(sample, "utf-8");
  const invalid = text.match(/\uFFFD/g)?.length ?? 0;
  const valid = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0;
  // Text in other encodings is hardly ever valid UTF-8, even in part.
  return valid > 3 * invalid;
}

type Kind = "latin" | "script" | "cjk";
type Profile = { encoding: Encoding; kind: Kind; prior: number; languages: readonly string[] };

/** Letters beyond ASCII of languages, the most frequent first. The first string of each list is for mixed lists. */
const WESTERN = [
  "éüöäóáíñçãèßåøæêâôàëõúîïòìùûœÿšž",
  "üäöß",
  "éèàçêôîâëïûùœ",
  "óáíñéúüç",
  "ãçáéíóêõúâôà",
  "äöåé",
  "øåæéä",
  "éëïüèö",
  "àèéòùì",
  "íáóðþéúöæý",
];
const CENTRAL = [
  "áéíčšžůřěýęłąćśńżźőűöüäďťňľôăâîșțşţđó",
  "íáéěřčžýšůúňďťó",
  "łąóęśżćńź",
  "áéóöőíüúű",
  "áíčšžýéľťúôňäď",
  "ășțîâşţ",
  "čšžćđ",
];
const BALTIC = ["šžāėčīēųįūąęņļķģõäöü", "šėžčųįūąę", "āīšēņļžķģūč"];
const TURKISH = ["ıişüçöğ"];
const VIETNAMESE = ["\u0300\u0301\u0323\u0309\u0303âôđêươăáàíúéóýèìòùãõ"];
const CYRILLIC = [
  "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
  "оаинівертслкмудпяьзгбйчхєшжюцїфщґ",
  "аоеинтрсвлкдпмуяъгзбчщйжцхшюфь",
];
const GREEK = ["αοιετνσρκπμηυλγδθχωφβξζψςίάόέήύώϊ"];
const HEBREW = ["יוהלאמתרבשנעדחקפסכגטזצםןךףץ"];
const ARABIC = ["المينرتدبعوسحفكقجشهخصطةىزضثذغأإآءئؤظ"];
const THAI = [
  "านรกอเงมยลวดทสตะปบคหพชจขผธศณภซถฐญโไใแฟ\u0E31\u0E34\u0E35\u0E48\u0E49\u0E4C\u0E38\u0E39\u0E37\u0E47\u0E33",
];

/** Characters of names and headings. All others of the same level are less probable. */
const SIMPLIFIED =
  "姓名邮箱电子件地址部门公司职位手机号码备注市场研发销售财务人事行政技术产品运营王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段小明伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华建国文玉红春兰梅志海燕飞鹏辉宇婷雪晓的一是在不了有和这中大为上个三二四五六七八九十月日年";
const TRADITIONAL =
  "姓名電子郵件信箱部門公司職位手機號碼備註地址業務研發行銷財陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯孫翁魏戴范宋方鄧杜傅侯曹薛丁卓馬董溫唐石蔣怡君志明家豪淑芬雅婷俊傑美玲惠建宏佳蓉文雄宗翰一二三四五六七八九十第組的是在不了有和人這中大為上個國工程師經理年月日";
const JAPANESE =
  "田中山本村佐藤鈴木高橋伊渡辺小林加吉松井上清水斎森池石川前後岡長谷近青坂遠西福太三島原和野口内大竹金子崎氏名郎美一二健介翔優花葵真由恵様部課営業総務開発所属会社住電話東京都市区県先生年月日人事経理役職";
const KOREAN =
  "이름김박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄원채천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용수영호준예재훈승희경미숙상철동태메일회사부직책자업무화번휴대팀과대리사원";

/** What is more frequent in lists has a lower prior cost. */
const PROFILES: readonly Profile[] = [
  { encoding: "windows-1252", kind: "latin", prior: 0, languages: WESTERN },
  { encoding: "windows-1250", kind: "latin", prior: 2, languages: CENTRAL },
  { encoding: "windows-1254", kind: "latin", prior: 2.5, languages: TURKISH },
  { encoding: "windows-1257", kind: "latin", prior: 3, languages: BALTIC },
  { encoding: "windows-1258", kind: "latin", prior: 4, languages: VIETNAMESE },
  { encoding: "macintosh", kind: "latin", prior: 3, languages: WESTERN },
  { encoding: "ibm850", kind: "latin", prior: 4, languages: WESTERN },
  { encoding: "iso-8859-2", kind: "latin", prior: 4, languages: CENTRAL },
  { encoding: "iso-8859-15", kind: "latin", prior: 4, languages: WESTERN },
  { encoding: "x-mac-ce", kind: "latin", prior: 5, languages: CENTRAL },
  { encoding: "ibm852", kind: "latin", prior: 5, languages: CENTRAL },
  { encoding: "windows-1251", kind: "script", prior: 2, languages: CYRILLIC },
  { encoding: "koi8-r", kind: "script", prior: 3, languages: CYRILLIC },
  { encoding: "koi8-u", kind: "script", prior: 3.5, languages: CYRILLIC },
  { encoding: "ibm866", kind: "script", prior: 4, languages: CYRILLIC },
  { encoding: "x-mac-cyrillic", kind: "script", prior: 4, languages: CYRILLIC },
  { encoding: "iso-8859-5", kind: "script", prior: 5, languages: CYRILLIC },
  { encoding: "windows-1253", kind: "script", prior: 2, languages: GREEK },
  { encoding: "windows-1255", kind: "script", prior: 2, languages: HEBREW },
  { encoding: "windows-1256", kind: "script", prior: 2, languages: ARABIC },
  { encoding: "windows-874", kind: "script", prior: 2, languages: THAI },
  { encoding: "shift_jis", kind: "cjk", prior: 2, languages: [JAPANESE] },
  { encoding: "gb18030", kind: "cjk", prior: 2, languages: [SIMPLIFIED] },
  { encoding: "big5", kind: "cjk", prior: 2, languages: [TRADITIONAL] },
  { encoding: "euc-kr", kind: "cjk", prior: 2, languages: [KOREAN] },
  { encoding: "euc-jp", kind: "cjk", prior: 3, languages: [JAPANESE] },
];

/** Punctuation that word processors and spreadsheets write. */
const PUNCTUATION = /[’“”„–—…€«»°·•®©™£§\u00A0´`¿¡ºª]/u;
const LETTER = /[\p{L}\p{M}]/u;
const ASCII_LETTER = /[A-Za-z]/;
const FINAL_LETTER = /[ςםןךףץ]/u;

/** Costs are negative logarithms of probabilities, estimated. */
const COSTS = {
  unusualLetter: 8,
  punctuation: 7,
  symbol: 10,
  control: 15,
  neighbor: 4,
  caseBreak: 4,
  run: 2,
};

function letterCost(text: string, kind: Kind, languages: readonly string[]): number {
  const counts = new Map<string, number>();
  let context = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char < "\u0080") continue;
    counts.set(char, (counts.get(char) ?? 0) + 1);
    context += contextCost(char, text.charAt(index - 1), text.charAt(index + 1), kind);
  }
  return context + Math.min(...languages.map((letters) => lettersCost(counts, letters, kind)));
}

/** The cost of a character beyond ASCII because of its neighbors. */
function contextCost(char: string, before: string, after: string, kind: Kind): number {
  if (!LETTER.test(char)) {
    if (/[’´`]/.test(char) && LETTER.test(before)) return 0;
    // Opening marks stand before words, other marks after words or between spaces.
    const isWrong = /[“„«¿¡€°]/u.test(char) ? LETTER.test(before) : LETTER.test(after);
    return isWrong || (LETTER.test(before) && !PUNCTUATION.test(char)) ? COSTS.neighbor : 0;
  }
  let cost = 0;
  if (isLower(before) && isUpper(char)) cost += COSTS.caseBreak;
  // In a word of capitals, the letter before is a capital too.
  if (isLower(char) && isUpper(after)) cost += COSTS.caseBreak;
  if (kind === "latin")
    return cost + (before >= "\u0080" && LETTER.test(before) && !isMark(char) ? COSTS.run : 0);
  if (ASCII_LETTER.test(before)) cost += COSTS.neighbor;
  if (ASCII_LETTER.test(after)) cost += COSTS.neighbor;
  if (isLower(char) && !LETTER.test(before) && char.toUpperCase() !== char) cost += 1;
  const isLast = !LETTER.test(after);
  if (FINAL_LETTER.test(char)) cost += isLast ? -3 : COSTS.unusualLetter;
  return cost;
}

/** The cost of the characters in one language; `letters` has the most frequent first. */
function lettersCost(counts: ReadonlyMap<string, number>, letters: string, kind: Kind): number {
  // Many languages share a list of letters that is long, which makes each of them less probable.
  const base = kind === "latin" && letters.length > 18 ? 3.2 : 2;
  const slope = kind === "latin" ? (letters.length > 18 ? 0.1 : 0.25) : 0.13;
  let cost = 0;
  for (const [char, count] of counts) {
    const rank = letters.indexOf(char.toLowerCase().charAt(0));
    const isCapital = isUpper(char);
    if (rank !== -1) cost += count * (base + slope * rank + (isCapital ? 0.5 : 0));
    else if (LETTER.test(char)) cost += count * COSTS.unusualLetter;
    else if (PUNCTUATION.test(char)) cost += count * COSTS.punctuation;
    else cost += count * (/\p{C}/u.test(char) ? COSTS.control : COSTS.symbol);
  }
  return cost;
}

/** Lead bytes tell frequent from rare ideographs, but after decoding only the order of Unicode is left. */
function ideographCost(text: string, [frequent = ""]: readonly string[]): number {
  const isJapanese = frequent === JAPANESE;
  const isKorean = frequent === KOREAN;
  let cost = 0;
  let before = "";
  for (const char of text) {
    const isBeyondAscii = char >= "\u0080";
    if (isBeyondAscii) {
      if (frequent.includes(char)) cost += 3.5;
      else if (/[\u3041-\u3096\u30A1-\u30FC]/u.test(char)) cost += isJapanese ? 3.5 : 10;
      else if (/[\uAC00-\uD7A3]/u.test(char)) cost += isKorean ? 5 : 10;
      else if (/[\u4E00-\u9FFF]/u.test(char)) cost += isKorean ? 11 : 7;
      else if (/[\u3000-\u303F\uFF01-\uFF5E]/u.test(char)) cost += 7;
      else if (/[\uFF61-\uFF9F]/u.test(char)) cost += 7;
      else cost += /\p{Co}|\p{Cn}|\p{Cc}/u.test(char) ? 20 : 12;
    }
    if (before && (isBeyondAscii ? ASCII_LETTER.test(before) : before >= "\u0080" && ASCII_LETTER.test(char)))
      cost += COSTS.neighbor;
    before = char;
  }
  return cost;
}

function isUpper(char: string): boolean {
  return char !== char.toLowerCase();
}

function isLower(char: string): boolean {
  return char !== char.toUpperCase() && char === char.toLowerCase();
}

function isMark(char: string): boolean {
  return /\p{M}/u.test(char);
}
