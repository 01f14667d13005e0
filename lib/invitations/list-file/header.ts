import type { ListRecord } from "@/lib/invitations/list-file/records";

/** Headings of email columns in many languages, as `normalizeHeading` returns them. */
const EMAIL_HEADINGS = new Set(
  [
    "email emails mail mails emailaddress emailaddresses mailaddress eaddress emailid",
    "mailadresse mailadressen eadresse emailadresse epost epostadress epostadresse epostadresser",
    "courriel courriels adressecourriel adresseemail adressemail adresseelectronique adressedemessagerie mel",
    "correo correos correoelectronico direcciondecorreo direcciondecorreoelectronico direccionemail correuelectronic",
    "indirizzoemail indirizzomail indirizzodipostaelettronica postaelettronica indirizzo",
    "enderecodeemail enderecoeletronico correioeletronico correioelectronico",
    "emailadres mailadres eposta epostaadresi epostaadresa adresaepošta sahkoposti sahkopostiosoite posti",
    "adresemail adresmail adresaelektroniczna poczta pocztaelektroniczna adresaelektronicke elektronickaposta",
    "emailova emailovaadresa mailcim emailcim villamoslevel adresadeemail adresademail tolvupostur netfang elpastas epasts",
    "почта электроннаяпочта элпочта адресэлектроннойпочты емейл имейл мейл електроннапошта пошта електроннаадреса",
    "ηλεκτρονικοταχυδρομειο ηλεκτρονικηδιευθυνση",
    "メール メールアドレス eメール 电子邮件 电子邮箱 邮箱 邮件 邮箱地址 电子邮件地址 電子郵件 電郵 信箱 이메일 이메일주소 전자우편",
    "البريدالالكتروني بريدالكتروني דואראלקטרוני דואל อีเมล อีเมล์ ईमेल",
  ]
    .join(" ")
    .split(" ")
    .map(normalizeHeading),
);

/**
 * Headings of services that export several addresses: "Work e-mail", "E-mail 1 - Value", "Guest email
 * address".
 */
const SERVICE_HEADING =
  /^(work|home|private|personal|business|office|company|primary|main|secondary|other|contact|user|guest|attendee|participant|member|student|staff|employee|customer|client)?e?mail(address|value)?$/;

/**
 * Returns the index of the header record, or -1: a record above the first address that contains a known
 * heading, or a first record with a word in the address column. Records above the header are not people
 * (REQ-B4).
 */
export function findHeaderIndex(records: readonly ListRecord[]): number {
  const first = records.findIndex(({ cells }) => cells.some((cell) => cell.includes("@")));
  const before = first === -1 ? records.slice(0, 1) : records.slice(0, first);
  const known = before.findIndex(({ cells }) => cells.some(isEmailHeading));
  if (known !== -1) return known;
  const [top] = before;
  const column = findAddressColumn(records);
  const word = top?.cells[column]?.trim();
  // A word, not a mistyped address: "Contacto", but not "ann.x.io", "-" or "none (2)".
  return word && /^\p{L}[\p{L}\p{M}\s?:*-]*$/u.test(word) && records.length > 1 ? 0 : -1;
}

/** Returns true if two records have the same cells, as repeated headers in concatenated lists do. */
export function isSameRecord(first: ListRecord, other: ListRecord): boolean {
  return (
    first.cells.length === other.cells.length &&
    first.cells.every((cell, index) => cell === other.cells[index])
  );
}

/** Returns the index of the column with the most @ signs, or -1. */
function findAddressColumn(records: readonly ListRecord[]): number {
  const counts: number[] = [];
  for (const { cells } of records.slice(0, 200))
    for (const [index, cell] of cells.entries())
      if (cell.includes("@")) counts[index] = (counts[index] ?? 0) + 1;
  let best = -1;
  for (const [index, count] of counts.entries()) if ((count ?? 0) > (counts[best] ?? 0)) best = index;
  return best;
}

function isEmailHeading(cell: string): boolean {
  if (cell.length > 40) return false;
  const word = normalizeHeading(cell);
  return EMAIL_HEADINGS.has(word) || SERVICE_HEADING.test(word);
}

function normalizeHeading(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}]/gu, "");
}
