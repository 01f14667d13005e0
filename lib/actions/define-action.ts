import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { currentAccount, currentActor } from "@/lib/auth/current";
import type { SignedIn } from "@/lib/auth/session";
import { limitKey } from "@/lib/http/client-ip";
import { logBug } from "@/lib/log/log";
import { missingPermission } from "@/lib/permissions/messages";
import type { Permission } from "@/lib/permissions/permissions";
import type { Action, ActionRefusal, ActionResult } from "@/lib/result/action-result";
import { type Messages, messageFor, type Result, SIGNED_OUT_MESSAGE } from "@/lib/result/result";

/** Somebody on a public page: where they come from, and who they are if signed in. */
export type Visitor = { ip: string; account: SignedIn | null };

/** Somebody who is signed in, at the page of their own account. */
export type Person = { ip: string; account: SignedIn };

type OrganizationInput = z.ZodType<{ organization: string }>;
type OwnInput = z.ZodType<{ account: string }>;

/**
 * An action of a member: zod → session → actor of the organization in the address → permission → `run`. Refusals come
 * back as values with their words; a bug is logged with an id and answered with it. Another organization's id is
 * simply not found, because `run` looks only inside the actor's.
 */
export function defineAction<Input extends OrganizationInput, T, Reason extends string>(definition: {
  permission: Permission | "any-member";
  input: Input;
  messages: Messages<Reason>;
  handler: (actor: Actor, input: z.output<Input>) => Promise<Result<T, Reason>>;
}): Action<z.input<Input>, T> {
  const { permission, input, messages, handler } = definition;
  return act(input, messages, async (parsed) => {
    const actor = await currentActor(parsed.organization);
    if (!actor) return (await currentAccount()) ? NOT_FOUND : SIGNED_OUT;
    if (permission !== "any-member" && !actor.permissions.has(permission))
      return {
        ok: false,
        reason: "not-allowed",
        message: missingPermission(permission, actor.organization.name),
      };
    return handler(actor, parsed);
  });
}

/**
 * An action of a public page: nobody needs to be signed in. `after` runs once it succeeded: signing in and going on.
 */
export function definePublicAction<Input extends z.ZodType, T, Reason extends string>(definition: {
  input: Input;
  messages: Messages<Reason>;
  handler: (visitor: Visitor, input: z.output<Input>) => Promise<Result<T, Reason>>;
  onSuccess?: (value: T, input: z.output<Input>) => Promise<void>;
}): Action<z.input<Input>, T> {
  const { input, messages, handler, onSuccess } = definition;
  return act(input, messages, async (parsed) => {
    const account = await currentAccount();
    const outcome = await handler({ ip: await clientIp(), account }, parsed);
    if (outcome.ok) await onSuccess?.(outcome.value, parsed);
    return outcome;
  });
}

/**
 * An action of whoever is signed in, about their own account. The form says whose page it was on: from a tab that was left
 * open while somebody else signed in, nothing is done to theirs.
 */
export function defineOwnAction<Input extends OwnInput, T, Reason extends string>(definition: {
  input: Input;
  messages: Messages<Reason>;
  handler: (person: Person, input: z.output<Input>) => Promise<Result<T, Reason>>;
  onSuccess?: (value: T, input: z.output<Input>) => Promise<void>;
}): Action<z.input<Input>, T> {
  const { input, messages, handler, onSuccess } = definition;
  return act(input, messages, async (parsed) => {
    const account = await currentAccount();
    if (!account) return SIGNED_OUT;
    if (account.accountId !== parsed.account) return SOMEBODY_ELSE;
    const outcome = await handler({ ip: await clientIp(), account }, parsed);
    if (outcome.ok) await onSuccess?.(outcome.value, parsed);
    return outcome;
  });
}

/**
 * The client's address as limits count it (IPv6 by /64): as our own HTTP server saw it, never a header of the client's.
 */
export async function clientIp(): Promise<string> {
  return limitKey((await headers()).get("x-foyer-client-ip") ?? "");
}

function act<Input extends z.ZodType, T, Reason extends string>(
  schema: Input,
  messages: Messages<Reason>,
  handler: (
    input: z.output<Input>,
  ) => Promise<Result<T, Reason> | { ok: false; reason: string; message: string }>,
): Action<z.input<Input>, T> {
  return async (first: unknown, second?: FormData): Promise<ActionResult<T>> => {
    const form = second instanceof FormData ? second : undefined;
    const values = form && { values: echoOf(form) };
    try {
      const parsed = schema.safeParse(form ? objectOf(form) : first);
      if (!parsed.success) return { ...invalid(parsed.error), ...values };
      if (holdsNul(parsed.data)) return { ...UNREADABLE, ...values };
      const outcome = await handler(parsed.data);
      if (outcome.ok) return outcome;
      if ("message" in outcome) return { ...outcome, ...values };
      return { ok: false, reason: outcome.reason, message: messageFor(messages, outcome), ...values };
    } catch (error) {
      unstable_rethrow(error);
      const id = logBug(error, {});
      const message = `Something broke on our side. Nothing was changed; try again. If it stays, tell your administrator error ${id}.`;
      return { ok: false, reason: "bug", message, ...values };
    }
  };
}

const NOT_FOUND = {
  ok: false as const,
  reason: "not-found",
  message: "This does not exist, or you no longer have access to it.",
};

const SIGNED_OUT = {
  ok: false as const,
  reason: "signed-out",
  message: SIGNED_OUT_MESSAGE,
};

const SOMEBODY_ELSE = {
  ok: false as const,
  reason: "somebody-else",
  message: "Somebody else is signed in in this browser by now. Nothing was changed; open this page anew.",
};

const UNREADABLE = {
  ok: false as const,
  reason: "invalid",
  message: "There is a sign in this that no text has. Type it anew, and try again.",
};

/** PostgreSQL keeps no NUL and fails on one, wherever it stands; nobody types it. */
function holdsNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return false;
  return Object.values(value).some(holdsNul);
}

function invalid(error: z.ZodError): ActionRefusal {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".")] ??= issue.message;
  const [first = "Something in the form is missing."] = Object.values(fields);
  return { ok: false, reason: "invalid", message: first, fields };
}

/** A form as an object; a name that occurs several times becomes a list. React's own fields stay out. */
function objectOf(form: FormData): Record<string, unknown> {
  const names = [...new Set(form.keys())].filter((name) => !name.startsWith("$ACTION"));
  return Object.fromEntries(
    names.map((name) => {
      const all = form.getAll(name);
      return [name, all.length > 1 ? all : all[0]];
    }),
  );
}

function echoOf(form: FormData): Record<string, string> {
  const secret = /password|token|proof/i;
  const entries = [...form.entries()].flatMap(([name, value]) =>
    typeof value === "string" && !name.startsWith("$ACTION") && !secret.test(name) ? [[name, value]] : [],
  );
  return Object.fromEntries(entries);
}
