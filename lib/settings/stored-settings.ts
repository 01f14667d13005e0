import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/i18n/locales";
import type { Role } from "@/lib/permissions/roles";

/** The settings of an organization, with its access policies ordered by name. */
export type StoredSettings = {
  version: number;
  newUserInvitations: boolean;
  allowedDomains: string[];
  refusedDomains: string[];
  expiryDays: number;
  resendLimit: number;
  reminders: boolean;
  replyTo: string | null;
  supportAddress: string | null;
  defaultRole: Role;
  language: Locale;
  timeZone: string;
  policies: { id: string; name: string; permissions: string[]; isDefault: boolean }[];
};

/** Reads the settings, inside or outside a transaction. */
export async function readSettings(tx: Pick<Tx, "organization">, actor: Actor): Promise<StoredSettings> {
  const { settingsVersion, defaultRole, language, ...settings } = await tx.organization.findUniqueOrThrow({
    where: { id: actor.organization.id },
    select: {
      settingsVersion: true,
      newUserInvitations: true,
      allowedDomains: true,
      refusedDomains: true,
      expiryDays: true,
      resendLimit: true,
      reminders: true,
      replyTo: true,
      supportAddress: true,
      defaultRole: true,
      language: true,
      timeZone: true,
      policies: {
        select: { id: true, name: true, permissions: true, isDefault: true },
        orderBy: { name: "asc" },
      },
    },
  });
  return {
    ...settings,
    version: settingsVersion,
    defaultRole: defaultRole as Role,
    // A language that a version does not have any more is the default one.
    language: isLocale(language) ? language : DEFAULT_LOCALE,
  };
}
