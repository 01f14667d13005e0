import type { z } from "zod";
import type { Settings } from "@/lib/settings/queries";
import type { settingsInput } from "@/lib/settings/schema";

/** The settings as somebody types them. */
export type Draft = Omit<z.input<typeof settingsInput>, "organization" | "version" | Numbers> &
  Record<Numbers, string>;

type Numbers = "expiryDays" | "resendLimit";

export function draftOf(settings: Settings): Draft {
  const { version: _, mayDefaultToAdmin: __, policies, defaultRole, ...rest } = settings;
  return {
    ...rest,
    expiryDays: String(settings.expiryDays),
    resendLimit: String(settings.resendLimit),
    replyTo: settings.replyTo ?? "",
    supportAddress: settings.supportAddress ?? "",
    defaultRole: defaultRole === "admin" ? "admin" : "member",
    defaultPolicies: policies.filter((one) => one.isDefault).map(({ id }) => id),
  };
}

/** What is typed, as the action takes it. An empty field is no number. */
export function inputOf(draft: Draft): Omit<z.input<typeof settingsInput>, "organization" | "version"> {
  const number = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));
  return { ...draft, expiryDays: number(draft.expiryDays), resendLimit: number(draft.resendLimit) };
}
