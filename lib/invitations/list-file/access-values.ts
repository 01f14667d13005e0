import type { Locale } from "@/lib/i18n/locales";
import type { Role } from "@/lib/permissions/roles";

/** A policy of the organization; `isGrantable` is false above the inviter's ceiling (REQ-A3). */
export type KnownPolicy = { id: string; name: string; isGrantable: boolean };

/** Returns the role that a cell names, in one of the product's languages; null if it names none. */
export function findRole(text: string): Role | null {
  const word = foldText(text).replace(/^(?:org|organi[sz]ation|workspace|account|team) /, "");
  return ROLE_WORDS.get(word) ?? null;
}

/** Returns the language that a cell names by its code or name; null if the product does not have it. */
export function findLanguage(text: string): Locale | null {
  const word = foldText(text);
  const code = /^([a-z]{2})(?:[ _-][a-z]{2,4})?(?:\.utf-?8)?$/.exec(word)?.[1];
  return (code ? LANGUAGE_CODES.get(code) : undefined) ?? LANGUAGE_NAMES.get(word) ?? null;
}

/** Returns true for the codes that only a language column has: "de-DE", "pt_BR". */
export function isLocaleCode(text: string): boolean {
  return /^[a-z]{2}[_-][A-Z]{2}$/.test(text.trim());
}

/** The policies of an organization by their names, however they are spaced and capitalized. */
export function indexPolicies<Policy extends KnownPolicy>(
  policies: readonly Policy[],
): ReadonlyMap<string, Policy> {
  return new Map(policies.map((policy) => [foldText(policy.name), policy]));
}

/**
 * Finds the policies that a cell names, alone or several with `;`, `|`, `,` or line breaks between. Returns the
 * policies, each once, and the texts that name none. A name can contain these signs.
 */
export function findPolicies(
  text: string,
  byName: ReadonlyMap<string, KnownPolicy>,
): { policies: KnownPolicy[]; unknown: string[] } {
  const found = new Map<string, KnownPolicy>();
  const unknown: string[] = [];
  const look = (part: string, separators: readonly RegExp[]) => {
    const policy = byName.get(foldText(part));
    const [separator, ...rest] = separators;
    if (policy) found.set(policy.id, policy);
    else if (separator?.test(part)) for (const piece of part.split(separator)) look(piece, rest);
    else if (separator) look(part, rest);
    else if (part.trim() !== "") unknown.push(part.trim());
  };
  // A longer text is not a list of at most 50 names.
  look(text.slice(0, MAX_POLICIES_LENGTH), [/[;|\n；]|:::/, /[,、，]/]);
  return { policies: [...found.values()], unknown: unknown.slice(0, MAX_UNKNOWN) };
}

const MAX_POLICIES_LENGTH = 5_000;
/** More texts that name no policy are one mistake, such as a wrong column. */
const MAX_UNKNOWN = 10;

/** Returns true for what people enter for nothing, such as a dash. */
export function isPlaceholder(text: string): boolean {
  return /^(?:[-–—.?\s]*|n\/?a|null|nil|#n\/a|#nv|default|standard)$/i.test(text.trim());
}

/** Returns true for a text that names no policy on purpose. */
export function isNone(text: string): boolean {
  return /^(?:none|no policies|no policy|keine|aucune?|ninguna?|nenhuma?|nessuna?|なし|无|無|없음)$/i.test(
    text.trim(),
  );
}

/** Returns the text in lower case and NFKC with single spaces, without quotation marks. */
function foldText(text: string): string {
  return (
    text
      .slice(0, 1_000)
      .normalize("NFKC")
      .replace(/["“”„‘’`]/g, "")
      .replace(/\s+/gu, " ")
      .trim()
      .toLowerCase()
      // İ in lower case is i with a dot above.
      .replaceAll("\u0307", "")
  );
}

const wordsOf = <T>(lists: readonly (readonly [T, string])[]): ReadonlyMap<string, T> =>
  new Map(
    lists.flatMap(([value, words]) => words.split("|").map((word) => [foldText(word), value] as const)),
  );

/** Other names of the three roles. "Editor" or "Viewer" is none of them. */
const ROLE_WORDS = wordsOf<Role>([
  [
    "owner",
    "owner|inhaber|inhaberin|besitzer|propriétaire|propietario|propietaria|proprietário|proprietária|proprietario|eigenaar|właściciel|vlastník|ägare|ejer|eier|omistaja|sahip|владелец|власник|オーナー|所有者|소유자|مالك|المالك",
  ],
  [
    "admin",
    "admin|admins|administrator|administratorin|administrateur|administratrice|administrador|administradora|amministratore|beheerder|správce|administratör|ylläpitäjä|järjestelmänvalvoja|yönetici|администратор|админ|адміністратор|管理者|管理员|管理員|관리자|مسؤول|مشرف",
  ],
  [
    "member",
    "member|members|user|standard user|mitglied|benutzer|benutzerin|membre|utilisateur|miembro|usuario|membro|usuário|utente|lid|gebruiker|członek|użytkownik|člen|uživatel|medlem|användare|bruger|bruker|jäsen|käyttäjä|üye|kullanıcı|участник|пользователь|учасник|користувач|メンバー|ユーザー|成员|成員|用户|멤버|구성원|사용자|عضو|مستخدم",
  ],
]);

const LANGUAGE_CODES: ReadonlyMap<string, Locale> = new Map([
  ["en", "en"],
  ["de", "de"],
  ["fr", "fr"],
  ["es", "es"],
  ["pt", "pt-BR"],
  ["ja", "ja"],
]);

const LANGUAGE_NAMES = wordsOf<Locale>([
  [
    "en",
    "english|englisch|anglais|inglés|inglês|inglese|engels|angielski|angličtina|engelska|engelsk|englanti|ingilizce|английский|англійська|英語|英语|영어|الإنجليزية|eng",
  ],
  [
    "de",
    "german|deutsch|allemand|alemán|alemão|tedesco|duits|niemiecki|němčina|tyska|tysk|saksa|almanca|немецкий|німецька|ドイツ語|德语|德語|독일어|الألمانية|deu|ger",
  ],
  [
    "fr",
    "french|französisch|français|francés|francês|francese|frans|francuski|francouzština|franska|fransk|ranska|fransızca|французский|французька|フランス語|法语|法語|프랑스어|الفرنسية|fra|fre",
  ],
  [
    "es",
    "spanish|spanisch|espagnol|español|castellano|espanhol|spagnolo|spaans|hiszpański|španělština|spanska|spansk|espanja|ispanyolca|испанский|іспанська|スペイン語|西班牙语|西班牙語|스페인어|الإسبانية|spa",
  ],
  [
    "pt-BR",
    "portuguese|portuguese (brazil)|brazilian portuguese|portugiesisch|portugais|portugués|português|português (brasil)|portoghese|portugees|portugalski|portugalština|portugisiska|portugisisk|portugali|portekizce|португальский|португальська|ポルトガル語|葡萄牙语|葡萄牙語|포르투갈어|البرتغالية|por",
  ],
  [
    "ja",
    "japanese|japanisch|japonais|japonés|japonês|giapponese|japans|japoński|japonština|japanska|japansk|japani|japonca|японский|японська|日本語|日语|日語|일본어|اليابانية|jpn|jp",
  ],
]);
