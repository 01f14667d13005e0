import type { z } from "zod";
import type { Settings } from "@/lib/settings/queries";
import type { settingsInput } from "@/lib/settings/schema";

/** The values of the settings form: numbers as typed text. */
export type SettingsFormValues = Omit<
  z.input<typeof settingsInput>,
  "organization" | "version" | NumberField
> &
  Record<NumberField, string>;

type NumberField = "expiryDays" | "resendLimit";

/** Returns the form values of the saved settings. */
export function toFormValues(settings: Settings): SettingsFormValues {
  const { version: _, mayDefaultToAdmin: __, policies, defaultRole, ...rest } = settings;
  return {
    ...rest,
    expiryDays: String(settings.expiryDays),
    resendLimit: String(settings.resendLimit),
    replyTo: settings.replyTo ?? "",
    supportAddress: settings.supportAddress ?? "",
    defaultRole: defaultRole === "admin" ? "admin" : "member",
    defaultPolicies: policies.filter(({ isDefault }) => isDefault).map(({ id }) => id),
  };
}

/** Converts the form values to the action's input. An empty number field becomes NaN. */
export function toInput(
  values: SettingsFormValues,
): Omit<z.input<typeof settingsInput>, "organization" | "version"> {
  const toNumber = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));
  return { ...values, expiryDays: toNumber(values.expiryDays), resendLimit: toNumber(values.resendLimit) };
}
