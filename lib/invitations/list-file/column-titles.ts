/** What a column is used for (REQ-B9, REQ-B10). */
/** What a column can be used for. */
export const COLUMN_USES = [
  "address",
  "name",
  "first-name",
  "last-name",
  "role",
  "policy",
  "language",
  "unused",
] as const;

export type ColumnUse = (typeof COLUMN_USES)[number];

/** What a title says about its column. */
export type ColumnTitle = {
  /** The use; "other" for a known title that is not used, null for an unknown title. */
  use: Exclude<ColumnUse, "unused"> | "other" | null;
  /** The order among columns of the same use: 0 is the most explicit, such as "Primary email". */
  rank: number;
  /**
   * False if the column never has the person's own address, even if it contains addresses: "Owner email",
   * "Notes".
   */
  canHaveAddress: boolean;
  /** True for the name that an address book shows for the address, often with the address: "Ann (ann@x.io)". */
  isDisplayName?: true;
};

/** The rank of login names, which often look like addresses and need not receive email. */
export const LOGIN_RANK = 4;
const SECONDARY_RANK = 3;

const MAX_TITLE_LENGTH = 80;

/**
 * Recognizes the title of a column in the languages and exports of common programs: "Email Address [Required]",
 * "RecipientEmail", "Contact Owner: Email", "メールアドレス" (REQ-B9, REQ-B10).
 */
export function recognizeTitle(text: string): ColumnTitle {
  const words = titleWords(text);
  const key = words.join("");
  if (key === "" || text.length > MAX_TITLE_LENGTH) return unknown;
  if (words.some(isOtherPerson) || OTHER_PERSON_PARTS.test(key)) return excluded;
  if (LOGIN_TITLES.has(key)) return { use: "address", rank: LOGIN_RANK, canHaveAddress: true };
  const address = recognizeAddressTitle(words, key);
  if (address) return address;
  const bare = withoutQualifiers(words).join("");
  const known = TITLES.get(key) ?? TITLES.get(bare);
  if (known) return known;
  if (UNUSED_TITLES.has(key) || UNUSED_TITLES.has(bare))
    return { use: "other", rank: 0, canHaveAddress: true };
  return NOTE_TITLES.has(key) ? excluded : unknown;
}

/** Returns true for titles of languages in which the family name comes first. */
export function isFamilyNameFirst(title: string): boolean {
  return (
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(title) ||
    HUNGARIAN_NAMES.has(titleWords(title).join(""))
  );
}

const unknown: ColumnTitle = { use: null, rank: 0, canHaveAddress: true };
const excluded: ColumnTitle = { use: "other", rank: 0, canHaveAddress: false };

/** Returns the words of a title in lower case without accents, marks and bracketed notes. */
function titleWords(text: string): string[] {
  // [Required], [UPLOAD ONLY], (Original Name); not a title that is bracketed as a whole.
  const title = text
    .slice(0, MAX_TITLE_LENGTH)
    .normalize("NFKC")
    .replace(/(?<=[^\s([])\s*(?:\[[^\]]*\]|\([^)]*\))/g, " ");
  return withoutMarks(title.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"))
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, " ")
    .replace(/\be (?=mail|post|posta|adres)/g, "e")
    .trim()
    .split(" ")
    .filter((word) => word !== "" && !REQUIRED_MARKS.has(word));
}

function toKey(title: string): string {
  return titleWords(title).join("");
}

/** Removes words in front that only say whose or which: "Contact name", "What is your name?". */
function withoutQualifiers(words: readonly string[]): readonly string[] {
  const start = words.findIndex((word) => !QUALIFIERS.has(word));
  return start === -1 ? words : words.slice(start);
}

function recognizeAddressTitle(words: readonly string[], key: string): ColumnTitle | null {
  const hasEmail =
    EMAIL_PARTS.test(key) || words.some((word) => EMAIL_WORDS.has(word)) || EMAIL_TITLES.has(key);
  if (!hasEmail || NO_EMAIL.test(key)) return null;
  if (words.some((word) => DISPLAY_WORDS.has(word)) || DISPLAY_PARTS.test(key))
    return { ...excluded, isDisplayName: true };
  if (words.some((word) => NO_ADDRESS_WORDS.has(word)) || NO_ADDRESS_PARTS.test(key)) return excluded;
  return { use: "address", rank: addressRank(words, key), canHaveAddress: true };
}

function addressRank(words: readonly string[], key: string): number {
  if (words.some((word) => SECONDARY_WORDS.has(word))) return SECONDARY_RANK;
  if (words.some((word) => PRIMARY_WORDS.has(word))) return 0;
  return key === "proxyaddresses" || key === "emailaddresses" ? 2 : 1;
}

/** Removes accents and marks, so that titles match with and without them: が is か and a mark. */
function withoutMarks(text: string): string {
  return text.normalize("NFKD").replace(/[\p{M}'’ʼ`]/gu, "");
}

function toPattern(parts: string): RegExp {
  return new RegExp(withoutMarks(parts), "u");
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(withoutMarks(words).toLowerCase().split(/\s+/));
}

/** Marks of required fields, in the languages of common forms. */
const REQUIRED_MARKS = new Set(
  "required optional mandatory pflichtfeld erforderlich obligatoire facultatif obligatorio obrigatorio obbligatorio verplicht 必須 必填 필수".split(
    " ",
  ),
);

/** Parts that only words for email have, in any position, without spaces. */
const EMAIL_PARTS = toPattern(
  [
    "email|mailadres|mailaddress|courriel|correoelectronic|correuelectronic|corr[ei]i?oeletronico|enderecoeletronico",
    "epost|sahkoposti|postaelettronica|pocztaelektroniczna|elektronickaposta|elektronickeposty|eposta|adresseelectronique|adressedemessagerie",
    "villamposta|tolvupost|netfang|elpast|epast",
    "почт|пошт|и?мейл|емаил|ηλεκτρονικ|דואל|דוארא|אימייל|بريد|ايميل|อเมล|ईमेल",
    "メール|メアド|邮箱|邮件|电邮|電郵|電子郵件|電子邮件|郵件|郵箱|信箱|이메일|메일|전자우편|전자메일",
  ].join("|"),
);

/** Words with the parts above that are about postal addresses, lists or bulletins. */
const NO_EMAIL = toPattern(
  "почтовый(адрес|индекс)|поштов(ий|а)(індекс|адрес)|メールマガジン|voicemail|mailing|mailstop|mailcode",
);

const EMAIL_WORDS = wordSet("mail mails correo correos emailid posta poczta posti smtp");
const EMAIL_TITLES = wordSet(
  "proxyaddresses primarysmtpaddress targetaddress windowsemailaddress externalemailaddress eadresse eadress eaddress emailid",
);

/** Words that make a title with "email" one about something else: type, display name, consent, statistics. */
const NO_ADDRESS_WORDS = wordSet(
  `type typ tipo typen emailtype emailtyp tyyppi tur label status state verified confirmed sent send subject betreff body domain template date
  format consent permission permissions marketing preference preferences notification notifications list optin opt
  subscribed unsubscribed subscription bounce bounced opens opened clicks clicked client password hash md5 sha1 sha256
  count nickname enabled frequency signature quota usage invitation message postal voicemail mailing stop kodu тип`,
);
const NO_ADDRESS_PARTS = toPattern("種類|类型|類型|유형");
/** Words for the name that is shown instead of an address. */
const DISPLAY_WORDS = wordSet(
  "display displayname anzeigename angezeigter mostrado visualizzato exibicao weergegeven weergavenaam complet wyswietlana zobrazovane visningsnavn visningsnamn",
);
const DISPLAY_PARTS = toPattern("表示名|显示名|顯示名|표시");

const PRIMARY_WORDS = wordSet(
  "primary main preferred default principal principale principaux haupt hauptemail primare primaer primarsmtp primarysmtpaddress 主要 기본",
);
const SECONDARY_WORDS = wordSet(
  `recovery alternate alternative secondary second secondaire secundario secondario other others backup old previous
  former new buyer purchaser payer additional alias aliases forwarding forward reply replyto cc bcc billing paypal weitere andere autre otro
  otra outro outra altro altra annan annen muu inny jiny diger othermails targetaddress`,
);

/** Words for another person than the one on the line. */
const OTHER_PERSON_WORDS = wordSet(
  `owner owners manager managers supervisor assistant boss creator created modified updated lastmodified referrer
  referral referred parent guardian emergency agent rep representative approver inviter invited sender author editor
  spouse partner advisor adviser mentor coach sponsor host organizer organiser delegate salesperson recruiter
  vorgesetzter vorgesetzte vorgesetzten vorgesetzt inhaber besitzer betreuer eigentumer verantwortlicher assistentin
  assistenz assistent responsable gestionnaire proprietaire assistante parrain superieur propietario gerente jefe
  asistente encargado proprietario gestor assistente chefe responsabile referente leidinggevende eigenaar
  wlasciciel kierownik przelozony przelozonego asystent opiekun vlastnik nadrizeny vedouci manazer agare chef ejer
  leder eier omistaja esimies esihenkilo avustaja sahip sahibi yonetici mudur asistan владелец руководитель менеджер
  начальник ответственный ассистент власник керівник менеджера руководителя مدير مالك المدير المالك`,
);
const OTHER_PERSON_PARTS = toPattern(
  "所有者|所有人|上司|上级|上級|负责人|負責人|主管|经理|アシスタント|マネージャー|秘書|助理|소유자|상사|관리자|담당자|비서",
);

function isOtherPerson(word: string): boolean {
  return OTHER_PERSON_WORDS.has(word);
}

/** Words in front of a known title that do not change its meaning. */
const QUALIFIERS = wordSet(
  `contact user member customer client employee attendee participant guest student invitee recipient registrant
  subscriber person your legal preferred primary what whats is please enter type the a an current work official
  dein ihr votre tu su il o seu sua`,
);

const LOGIN_TITLES = new Set(
  [
    "user principal name",
    "upn",
    "login",
    "login name",
    "login id",
    "username",
    "user id",
    "sign in name",
    "sign-in name",
    "sam account name",
    "benutzername",
    "benutzerprinzipalname",
    "anmeldename",
    "nom d'utilisateur",
    "identifiant",
    "nombre de usuario",
    "nome de usuário",
    "nome utente",
    "gebruikersnaam",
    "nazwa użytkownika",
    "uživatelské jméno",
    "användarnamn",
    "brugernavn",
    "brukernavn",
    "käyttäjätunnus",
    "kullanıcı adı",
    "логин",
    "имя пользователя",
    "логін",
    "ユーザー名",
    "ユーザーID",
    "用户名",
    "使用者名稱",
    "사용자 이름",
    "아이디",
    "اسم المستخدم",
  ].map(toKey),
);

/** The titles of each use; `|` separates them. The first line of a use is the most explicit one. */
const TITLE_LISTS: readonly (readonly [use: Exclude<ColumnUse, "unused" | "address">, titles: string])[] = [
  [
    "name",
    `full name|real name|complete name|person name|vollständiger name|vor- und nachname|vorname nachname|vorname und nachname
    |nom complet|nom et prénom|prénom et nom|nom prénom|prénom nom|nombre completo|nombre y apellidos|nombres y apellidos
    |apellidos y nombre|nome completo|nome e cognome|cognome e nome|nome e sobrenome|volledige naam|voor- en achternaam
    |imię i nazwisko|nazwisko i imię|jméno a příjmení|celé jméno|fullständigt namn|för- och efternamn|fulde navn|fullt navn
    |for- og efternavn|for- og etternavn|koko nimi|ad soyad|adı soyadı|ad soyadı|фио|полное имя|имя и фамилия|фамилия и имя
    |піб|повне ім'я|ім'я та прізвище|氏名|お名前|フルネーム|姓名|全名|成员姓名|성명|성함|الاسم الكامل|teljes név|ονοματεπώνυμο`,
  ],
  [
    "name",
    `name|nom|nombre|nombres|nome|naam|imię|jméno|namn|navn|nimi|ad|adı|isim|имя|ім'я|имена|名前|名字|이름|الاسم|اسم|név|όνομα|שם`,
  ],
  [
    "name",
    "display name|cn|common name|anzeigename|nom d'affichage|nombre para mostrar|nome visualizzato|nome para exibição|表示名|显示名称|표시 이름",
  ],
  ["name", "contact|kontakt|ansprechpartner|teilnehmer|participant|attendee|contacto|contatto|contato"],
  [
    "first-name",
    `first name|given name|given names|forename|f name|fname|first|first names|vorname|vornamen|rufname|prénom|prénoms|prenom
    |primer nombre|nombre de pila|primeiro nome|nome próprio|nome di battesimo|voornaam|roepnaam|pierwsze imię|křestní jméno
    |förnamn|tilltalsnamn|fornavn|etunimi|etunimet|ilk ad|ilk adı|ファーストネーム|名|이름(명)|الاسم الأول|keresztnév|utónév`,
  ],
  [
    "last-name",
    `last name|surname|family name|l name|lname|last|sn|nachname|familienname|zuname|nom de famille|apellido|apellidos
    |primer apellido|sobrenome|apelido|último nome|cognome|achternaam|familienaam|nazwisko|příjmení|efternamn|efternavn
    |etternavn|sukunimi|soyad|soyadı|soyisim|фамилия|прізвище|姓|姓氏|苗字|名字（姓）|ラストネーム|성|اسم العائلة|الكنية|vezetéknév|családnév
    |επώνυμο|שם משפחה`,
  ],
  [
    "role",
    `role|roles|user role|org role|organization role|organisation role|member role|access role|account role|access level
    |rolle|rollen|benutzerrolle|rôle|rôles|rol|función|função|funcao|papel|perfil de acesso|ruolo|ruoli|gebruikersrol|rola|role uživatele|roll|roller
    |rooli|rol adı|роль|役割|ロール|権限|角色|역할|권한|الدور`,
  ],
  [
    "policy",
    `access policy|access policies|policy|policies|permission set|permission sets|zugriffsrichtlinie|zugriffsrichtlinien
    |richtlinie|richtlinien|politique d'accès|politiques d'accès|stratégie d'accès|stratégies d'accès|règle d'accès|règles d'accès
    |política de acceso|políticas de acceso|directiva de acceso|directivas de acceso|política de acesso|políticas de acesso
    |criterio di accesso|criteri di accesso|toegangsbeleid|zasady dostępu|zásady přístupu|åtkomstpolicy|åtkomstpolicyer
    |adgangspolitik|adgangspolitikker|tilgangspolicy|käyttöoikeuskäytäntö|erişim ilkesi|erişim ilkeleri|политика доступа
    |політика доступу|アクセスポリシー|ポリシー|访问策略|存取原則|策略|액세스 정책|접근 정책|정책|سياسة الوصول`,
  ],
  [
    "language",
    `language|languages|lang|locale|preferred language|sprache|bevorzugte sprache|langue|idioma|lengua|lingua|taal|język|jazyk|språk|sprog
    |kieli|dil|язык|мова|言語|语言|語言|언어|اللغة|nyelv|γλώσσα`,
  ],
];

const TITLES: ReadonlyMap<string, ColumnTitle> = toTitles();

function toTitles(): Map<string, ColumnTitle> {
  const titles = new Map<string, ColumnTitle>();
  const ranks = new Map<string, number>();
  for (const [use, list] of TITLE_LISTS) {
    const rank = ranks.get(use) ?? 0;
    ranks.set(use, rank + 1);
    for (const title of list.split("|"))
      if (!titles.has(toKey(title))) titles.set(toKey(title), { use, rank, canHaveAddress: true });
  }
  return titles;
}

const HUNGARIAN_NAMES = new Set(["keresztnev", "utonev", "vezeteknev", "csaladnev"]);

/** Titles that are often beside the others; known, so that an address column without a title is found. */
const UNUSED_TITLES = new Set(
  `phone|phone number|mobile|mobile phone|telephone|company|company name|organization|organization name|department|dept|job title|title|position
  |city|country|state|zip|address|street|birthday|date|id|status|group|team|telefon|firma|abteilung|stadt|land|straße|position|titel|téléphone
  |société|entreprise|service|ville|pays|teléfono|empresa|departamento|ciudad|país|telefone|cidade|telefono|azienda|reparto|città|telefoon
  |bedrijf|afdeling|電話番号|会社|部署|部门|部門|公司|手机|电话|電話|회사|부서|전화번호|телефон|компания|отдел|город|الهاتف|الشركة|القسم`
    .split("|")
    .map(toKey),
);

/** Titles of free text, whose addresses are not the person's. */
const NOTE_TITLES = new Set(
  `notes|note|comment|comments|remark|remarks|description|bemerkung|bemerkungen|notiz|notizen|anmerkung|anmerkungen|kommentar|kommentare
  |remarque|remarques|commentaire|commentaires|notas|nota|comentario|comentarios|observaciones|observações|commenti|osservazioni|opmerking
  |opmerkingen|uwagi|poznámka|poznámky|anteckningar|bemærkninger|merknad|huomautus|notlar|açıklama|примечание|комментарий|примітка|備考|メモ|备注
  |備註|비고|메모|ملاحظات`
    .split("|")
    .map(toKey),
);
