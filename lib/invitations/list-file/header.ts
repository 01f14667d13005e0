import type { ListRecord } from "@/lib/invitations/list-file/records";

/** How columns of addresses are headed, without case, accents, spaces, digits and signs. */
const HEADS = new Set(
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
    .map(bare),
);

/** "Work e-mail", "E-mail 1 - Value", "Guest email address": services name several. */
const SERVICE_HEAD =
  /^(work|home|private|personal|business|office|company|primary|main|secondary|other|contact|user|guest|attendee|participant|member|student|staff|employee|customer|client)?e?mail(address|value)?$/;

/**
 * The place of the header among the records, or -1: known words for an address before the first address of all, however
 * late; else a first line whose word stands over the column of the addresses. Whatever is above it is no person (REQ-B4).
 */
export function findHeader(records: readonly ListRecord[]): number {
  const first = records.findIndex(({ cells }) => cells.some((cell) => cell.includes("@")));
  const before = first === -1 ? records.slice(0, 1) : records.slice(0, first);
  const named = before.findIndex(({ cells }) => cells.some(isHead));
  if (named !== -1) return named;
  const [top] = before;
  const column = addressColumn(records);
  const word = top?.cells[column]?.trim();
  // A word, and no broken address: "Contacto", but not "ann.x.io", "-" or "none (2)".
  return word && /^\p{L}[\p{L}\p{M}\s?:*-]*$/u.test(word) && records.length > 1 ? 0 : -1;
}

/** Is it the same line once more, as in lists that were put together? */
export function isSameLine(one: ListRecord, other: ListRecord): boolean {
  return one.cells.length === other.cells.length && one.cells.every((cell, at) => cell === other.cells[at]);
}

/** Where most records have their @; -1: none has. */
function addressColumn(records: readonly ListRecord[]): number {
  const counts: number[] = [];
  for (const { cells } of records.slice(0, 200))
    for (const [at, cell] of cells.entries()) if (cell.includes("@")) counts[at] = (counts[at] ?? 0) + 1;
  let best = -1;
  for (const [at, count] of counts.entries()) if ((count ?? 0) > (counts[best] ?? 0)) best = at;
  return best;
}

function isHead(cell: string): boolean {
  if (cell.length > 40) return false;
  const word = bare(cell);
  return HEADS.has(word) || SERVICE_HEAD.test(word);
}

function bare(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}]/gu, "");
}
