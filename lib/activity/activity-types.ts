import type { MessageKey, Translation } from "@/lib/i18n/messages";
import { BOUNCE_DETAILS, type BounceReason } from "@/lib/mail/bounces";
import { isPermission } from "@/lib/permissions/permissions";
import type { Role } from "@/lib/permissions/roles";

/**
 * The types of activity in timelines and the log (REQ-C11), in the order of the filter of Activity: first a person's
 * activity, then the organization's.
 */
export const ACTIVITY_TYPES = [
  "requested",
  "request-dismissed",
  "invited",
  "copied",
  "resent",
  "renewed",
  "reminded",
  "bounced",
  "complained",
  "emails-allowed",
  "revoked",
  "revoke-undone",
  "accepted",
  "declined",
  "confirmed",
  "vouched",
  "renamed",
  "address-changed",
  "replaced",
  "changed",
  "blocked",
  "unblocked",
  "removed",
  "left",
  "person-erased",
  "policy-created",
  "policy-changed",
  "policy-deleted",
  "settings-changed",
  "test-sent",
  "organization-created",
  "organization-erased",
] as const;

export type ActivityType = (typeof ACTIVITY_TYPES)[number];

/**
 * The details of an entry, which contain no personal data: ids of policies separated by commas, permissions and names of
 * settings separated by spaces, and numbers as text, except those of resends.
 */
export type ActivityData = {
  [Name in
    | "added"
    | "addedOwn"
    | "asked"
    | "by"
    | "changed"
    | "corrected"
    | "from"
    | "given"
    | "hard"
    | "people"
    | "policy"
    | "reason"
    | "removed"
    | "removedOwn"
    | "renamed"
    | "request"
    | "role"
    | "shape"
    | "taken"
    | "withdrawn"
    | "withheld"]?: string;
} & { count?: number; limit?: number };

/** What the description of an entry depends on. */
export type DescribedEntry = {
  type: ActivityType;
  data: ActivityData;
  /** The person concerned; null for the organization as a whole, "" for an erased user. */
  personName: string | null;
  /** Null for the system, "" for an erased user. */
  actorName: string | null;
  /** Who had sent the invitation that the entry is about; null for an erased user. */
  inviterName: string | null;
  declineReason: string | null;
  /** The names of the access policies in `data`, by id. */
  policyNames: Readonly<Record<string, string>>;
};

/** An entry of a timeline. */
export type TimelineEntry = DescribedEntry & { id: string; at: Date; now: Date };

/** Returns what to show for an entry without a member: a requester may not be one yet. */
export function fallbackActor({ t }: Translation, type: ActivityType): { person: string; actor: string } {
  const isRequest = type === "requested" || type === "request-dismissed";
  return {
    person: isRequest ? t("admin.activity.visitor") : t("admin.activity.organization"),
    actor: type === "requested" ? t("admin.activity.visitor") : t("admin.activity.system"),
  };
}

/** Returns a sentence that says who did what, such as "Mara invited Lea as a Member" (REQ-C11). */
export function describeActivity(translation: Translation, entry: DescribedEntry): string {
  const { t } = translation;
  const { type, data, declineReason, policyNames } = entry;
  const nameOf = (name: string | null) => name || t("admin.activity.erasedUser");
  const actor = entry.actorName === null ? t("admin.activity.system") : nameOf(entry.actorName);
  const names = { actor, person: nameOf(entry.personName) };
  switch (type) {
    case "requested":
      return entry.personName === null
        ? t("admin.activity.description.requested-visitor")
        : t("admin.activity.description.requested", names);
    case "invited": {
      const values = { ...names, role: data.role ?? "member" };
      return data.asked
        ? t("admin.activity.description.invited-requested", values)
        : t("admin.activity.description.invited", values);
    }
    case "copied":
      return data.shape === "code"
        ? t("admin.activity.description.copied-code", names)
        : t("admin.activity.description.copied-link", names);
    case "resent":
      return t("admin.activity.description.resent", {
        ...names,
        count: data.count ?? 0,
        limit: data.limit ?? 0,
      });
    case "renewed":
      return data.asked
        ? t("admin.activity.description.renewed-requested", names)
        : t("admin.activity.description.renewed", names);
    case "bounced":
      return describeBounce(translation, data);
    case "revoked":
      return data.corrected
        ? t("admin.activity.description.revoked-corrected", names)
        : t("admin.activity.description.revoked", names);
    case "accepted":
      return describeJoin(translation, data, {
        person: names.person,
        inviter: nameOf(entry.inviterName),
        policyNames,
      });
    case "declined":
      return declineReason
        ? t("admin.activity.description.declined-reason", { ...names, reason: declineReason })
        : t("admin.activity.description.declined", names);
    case "changed":
      return describeAccessChange(translation, data, actor, policyNames);
    case "policy-created":
    case "policy-changed":
      return describePolicyChange(translation, type, data, actor, policyNames);
    case "policy-deleted":
      return t("admin.activity.description.policy-deleted", {
        actor,
        policy: listPolicyNames(translation, data.policy, policyNames),
        count: Number(data.people ?? 0),
      });
    case "settings-changed":
      return t("admin.activity.description.settings-changed", {
        actor,
        settings: listSettingNames(translation, data.changed),
      });
    default:
      return t(`admin.activity.description.${type}`, names);
  }
}

type PolicyNames = DescribedEntry["policyNames"];

function formatList({ locale }: Translation, items: readonly string[]): string {
  return new Intl.ListFormat(locale).format(items);
}

function describePolicyChange(
  translation: Translation,
  type: "policy-created" | "policy-changed",
  data: ActivityData,
  actor: string,
  names: PolicyNames,
): string {
  const { t } = translation;
  const added = listPermissions(translation, data.added, data.addedOwn);
  const removed = listPermissions(translation, data.removed, data.removedOwn);
  const values = { actor, policy: listPolicyNames(translation, data.policy, names), added, removed };
  if (type === "policy-created")
    return added
      ? t("admin.activity.description.policy-created-added", values)
      : t("admin.activity.description.policy-created", values);
  const renamed = data.renamed ? "-renamed" : "";
  if (added && removed) return t(`admin.activity.description.policy-changed${renamed}-added-removed`, values);
  if (added) return t(`admin.activity.description.policy-changed${renamed}-added`, values);
  if (removed) return t(`admin.activity.description.policy-changed${renamed}-removed`, values);
  return t(`admin.activity.description.policy-changed${renamed}`, values);
}

/** `builtIn`: Foyer's permissions, separated by spaces; `customCount`: how many custom permissions. */
function listPermissions(
  translation: Translation,
  builtIn: string | undefined,
  customCount: string | undefined,
): string {
  const { t } = translation;
  const actions = (builtIn?.split(" ") ?? []).map((name) =>
    isPermission(name) ? t(`admin.permissions.action.${name}`) : name,
  );
  if (customCount) actions.push(t("admin.activity.customPermissions", { count: Number(customCount) }));
  return formatList(translation, actions);
}

/** Returns the names of the settings as on the Settings page; of an unknown one the name of its column. */
function listSettingNames(translation: Translation, names = ""): string {
  const { t } = translation;
  const translated = names.split(" ").map((name) => {
    const key = `admin.activity.setting.${name}` as MessageKey;
    return t.has(key) ? t(key) : name;
  });
  return formatList(translation, translated);
}

/** How a user joined, as recorded in the timeline (REQ-C11). */
const JOIN_METHODS = ["mailed-link", "code", "sign-in-link", "openid-connect", "offer"] as const;

export type JoinMethod = (typeof JOIN_METHODS)[number];

function describeJoin(
  translation: Translation,
  { by, withdrawn, withheld }: ActivityData,
  { person, inviter, policyNames }: { person: string; inviter: string; policyNames: PolicyNames },
): string {
  const { t } = translation;
  const method = JOIN_METHODS.find((known) => known === by) ?? "code";
  const joined = t(`admin.activity.description.accepted-${method}`, { person });
  const notGranted = [
    ...(withdrawn ? [t("admin.activity.roleName", { role: withdrawn })] : []),
    ...(withheld ? findPolicyNames(translation, withheld, policyNames) : []),
  ];
  return notGranted.length > 0
    ? t("admin.activity.description.accepted-not-granted", {
        joined,
        inviter,
        access: formatList(translation, notGranted),
      })
    : joined;
}

function describeBounce({ t }: Translation, { reason = "", hard }: ActivityData): string {
  const known = Object.hasOwn(BOUNCE_DETAILS, reason) ? (reason as BounceReason) : "unclear";
  const values = { reason: BOUNCE_DETAILS[known] };
  return hard === "true"
    ? t("admin.activity.description.bounced-permanently", values)
    : t("admin.activity.description.bounced", values);
}

function describeAccessChange(
  translation: Translation,
  { from, role, given, taken }: ActivityData,
  actor: string,
  names: PolicyNames,
): string {
  const { t } = translation;
  const values = {
    actor,
    from: from ? t(`common.roles.${from as Role}`) : "",
    to: role ? t(`common.roles.${role as Role}`) : "",
    added: given ? listPolicyNames(translation, given, names) : "",
    removed: taken ? listPolicyNames(translation, taken, names) : "",
  };
  const changed = from && role ? "-role" : "";
  if (given && taken) return t(`admin.activity.description.changed${changed}-added-removed`, values);
  if (given) return t(`admin.activity.description.changed${changed}-added`, values);
  if (taken) return t(`admin.activity.description.changed${changed}-removed`, values);
  return t(`admin.activity.description.changed${changed}`, values);
}

function listPolicyNames(translation: Translation, ids = "", names: PolicyNames): string {
  return formatList(translation, findPolicyNames(translation, ids, names));
}

/** Entries contain the ids of policies, separated by commas. */
function findPolicyNames({ t }: Translation, ids: string, names: PolicyNames): string[] {
  return ids.split(",").map((id) => names[id] ?? t("admin.activity.deletedPolicy"));
}
