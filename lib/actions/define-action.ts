import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { currentAccount, currentActor } from "@/lib/auth/current";
import type { SignedInAccount } from "@/lib/auth/session";
import { rateLimitKey } from "@/lib/http/client-ip";
import { currentTranslation } from "@/lib/i18n/current-translation";
import type { MessageKey, Translation } from "@/lib/i18n/messages";
import { logBug } from "@/lib/log/log";
import { missingPermissionMessage } from "@/lib/permissions/messages";
import type { Permission } from "@/lib/permissions/permissions";
import type { ActionRefusal, ActionResult, ServerAction } from "@/lib/result/action-result";
import {
  type MessageParams,
  type Messages,
  type Result,
  refused,
  translateRefusal,
} from "@/lib/result/result";

/** The user of a public page: the client's address for rate limits, and the account if they are signed in. */
export type Visitor = { ip: string; account: SignedInAccount | null };

/** A signed-in user, for actions on their own account. */
export type SignedInVisitor = { ip: string; account: SignedInAccount };

type OrganizationInput = z.ZodType<{ organization: string }>;
type OwnInput = z.ZodType<{ account: string }>;

/**
 * Returns an action of a member: zod → session → actor of the organization in the URL → permission →
 * `handler`. A refusal is returned with its message; a bug is logged and its id returned. Ids of other
 * organizations are not found, because `handler` reads only the actor's organization.
 */
export function defineAction<Input extends OrganizationInput, T, Reason extends string>(definition: {
  permission: Permission | "any-member";
  input: Input;
  messages: Messages<Reason>;
  handler: (actor: Actor, input: z.output<Input>) => Promise<Result<T, Reason>>;
}): ServerAction<z.input<Input>, T> {
  const { permission, input, messages, handler } = definition;
  return createAction(input, messages, async (parsed) => {
    const actor = await currentActor(parsed.organization);
    if (!actor) return refuseAction((await currentAccount()) ? "not-found" : "signed-out");
    if (permission !== "any-member" && !actor.permissions.has(permission)) {
      const translation = await currentTranslation();
      return {
        ok: false,
        reason: "not-allowed",
        message: missingPermissionMessage(translation, permission),
      };
    }
    return handler(actor, parsed);
  });
}

/**
 * Returns an action of a public page, which needs no session. `onSuccess` runs after the handler succeeded,
 * for example to sign in and redirect.
 */
export function definePublicAction<Input extends z.ZodType, T, Reason extends string>(definition: {
  input: Input;
  messages: Messages<Reason>;
  handler: (visitor: Visitor, input: z.output<Input>) => Promise<Result<T, Reason>>;
  onSuccess?: (value: T, input: z.output<Input>) => Promise<void>;
}): ServerAction<z.input<Input>, T> {
  const { input, messages, handler, onSuccess } = definition;
  return createAction(input, messages, async (parsed) => {
    const account = await currentAccount();
    const result = await handler({ ip: await currentClientIp(), account }, parsed);
    if (result.ok) await onSuccess?.(result.value, parsed);
    return result;
  });
}

/**
 * Returns an action of a signed-in user on their own account. The form has the id of the account that it was
 * rendered for, so a tab that was open before someone else signed in changes nothing in their account.
 */
export function defineOwnAction<Input extends OwnInput, T, Reason extends string>(definition: {
  input: Input;
  messages: Messages<Reason>;
  handler: (visitor: SignedInVisitor, input: z.output<Input>) => Promise<Result<T, Reason>>;
  onSuccess?: (value: T, input: z.output<Input>) => Promise<void>;
}): ServerAction<z.input<Input>, T> {
  const { input, messages, handler, onSuccess } = definition;
  return createAction(input, messages, async (parsed) => {
    const account = await currentAccount();
    if (!account) return refuseAction("signed-out");
    if (account.accountId !== parsed.account) return refuseAction("different-account");
    const result = await handler({ ip: await currentClientIp(), account }, parsed);
    if (result.ok) await onSuccess?.(result.value, parsed);
    return result;
  });
}

/**
 * Returns the client's address as rate limits count it (IPv6 by /64). The request guard sets it; a header
 * from the client is never used.
 */
export async function currentClientIp(): Promise<string> {
  return rateLimitKey((await headers()).get("x-foyer-client-ip") ?? "");
}

/** Returns an action that validates its input, runs `handler` and turns refusals and bugs into values. */
function createAction<Input extends z.ZodType, T, Reason extends string>(
  schema: Input,
  messages: Messages<Reason>,
  handler: (
    input: z.output<Input>,
  ) => Promise<Result<T, Reason> | { ok: false; reason: string; message: string }>,
): ServerAction<z.input<Input>, T> {
  return async (first: unknown, second?: FormData): Promise<ActionResult<T>> => {
    const form = second instanceof FormData ? second : undefined;
    const values = form && { values: submittedValues(form) };
    try {
      const parsed = schema.safeParse(form ? formToObject(form) : first);
      if (!parsed.success) return { ...invalidInput(await currentTranslation(), parsed.error), ...values };
      if (containsNul(parsed.data)) return { ...(await refuseAction("unsupported-character")), ...values };
      const result = await handler(parsed.data);
      if (result.ok) return result;
      if ("message" in result) return { ...result, ...values };
      const message = translateRefusal(await currentTranslation(), messages, result);
      return { ok: false, reason: result.reason, message, ...values };
    } catch (error) {
      unstable_rethrow(error);
      return { ...(await refuseAction("bug", { id: logBug(error, {}) })), ...values };
    }
  };
}

const ACTION_MESSAGES: Messages<ActionRefusalReason> = {
  "not-found": "errors.actions.not-found",
  "signed-out": "errors.actions.signed-out",
  "different-account": "errors.actions.different-account",
  "unsupported-character": "errors.actions.unsupported-character",
  bug: "errors.actions.bug",
};

/** Why any action can be refused before or instead of its command. */
type ActionRefusalReason = "not-found" | "signed-out" | "different-account" | "unsupported-character" | "bug";

async function refuseAction(reason: ActionRefusalReason, params?: MessageParams) {
  const message = translateRefusal(await currentTranslation(), ACTION_MESSAGES, refused(reason, params));
  return { ok: false as const, reason, message };
}

/** Returns true if a text in the value contains NUL, which PostgreSQL cannot store. */
function containsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return false;
  return Object.values(value).some(containsNul);
}

/** Returns the refusal with one message per invalid field. The message of an issue is a key, which zod does not check. */
function invalidInput({ t }: Translation, error: z.ZodError): ActionRefusal {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const key = issue.message as MessageKey;
    const message = t.has(key) ? t(key, issueValues(issue)) : t("errors.actions.missing-field");
    fields[issue.path.join(".")] ??= message;
  }
  const [first = t("errors.actions.missing-field")] = Object.values(fields);
  return { ok: false, reason: "invalid", message: first, fields };
}

/** The values that a message can name: `{minimum}` and `{maximum}`, or those of a rule of our own. */
function issueValues(issue: z.core.$ZodIssue): Record<string, string | number> {
  if (issue.code === "custom") return issue.params ?? {};
  if (issue.code === "too_big") return { maximum: Number(issue.maximum) };
  if (issue.code === "too_small") return { minimum: Number(issue.minimum) };
  return {};
}

/**
 * Returns the form as an object, without React's own fields. A name that occurs several times becomes an
 * array.
 */
function formToObject(form: FormData): Record<string, unknown> {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith("$ACTION"));
  return Object.fromEntries(
    names.map((name) => {
      const all = form.getAll(name);
      return [name, all.length > 1 ? all : all[0]];
    }),
  );
}

/** Returns the form's texts without passwords, tokens and proofs, to fill the form again. */
function submittedValues(form: FormData): Record<string, string> {
  const secret = /password|token|proof/i;
  const entries = [...form.entries()].flatMap(([name, value]) =>
    typeof value === "string" && !name.startsWith("$ACTION") && !secret.test(name) ? [[name, value]] : [],
  );
  return Object.fromEntries(entries);
}
