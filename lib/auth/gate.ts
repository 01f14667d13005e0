import { forbidden, notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Actor, Operator } from "@/lib/auth/actor";
import { currentAccount, currentActor, currentOperator } from "@/lib/auth/current";
import type { SignedIn } from "@/lib/auth/session";
import type { Permission } from "@/lib/policies/permissions";

/**
 * The actor of a page, or the page ends here: signed out goes to the organization's login and comes back to `path`
 * afterwards; without a place there it is not found; without the permission it is forbidden, and says which right is
 * missing (R A5). Each page asks for itself: a layout is not asked again when somebody walks from page to page.
 */
export async function actorAt(slug: string, path: string, permission?: Permission): Promise<Actor> {
  const actor = await currentActor(slug);
  if (!actor) {
    if (await currentAccount()) notFound();
    redirect(`/o/${encodeURIComponent(slug)}/login?callbackUrl=${encodeURIComponent(`/o/${slug}${path}`)}`);
  }
  if (permission && !actor.permissions.has(permission)) {
    missing().right = { permission, organization: actor.organization.name };
    forbidden();
  }
  return actor;
}

/** Whoever is signed in, or the way to the login page and back to `path`. */
export async function accountAt(path: string): Promise<SignedIn> {
  const account = await currentAccount();
  if (!account) redirect(`/login?callbackUrl=${encodeURIComponent(path)}`);
  return account;
}

/** The operator; for everybody else the page does not exist. */
export async function operatorHere(): Promise<Operator> {
  const operator = await currentOperator();
  if (!operator) notFound();
  return operator;
}

/** What the forbidden page of this request has to name. */
export const missing = cache((): { right: { permission: Permission; organization: string } | null } => ({
  right: null,
}));
