import { headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import type { Actor, Operator } from "@/lib/auth/actor";
import { type AdminPage, PAGE_PERMISSIONS } from "@/lib/auth/admin-pages";
import { currentAccount, currentActor, currentOperator } from "@/lib/auth/current";
import type { SignedInAccount } from "@/lib/auth/session";

/**
 * Returns the actor of an organization's page. Redirects to the organization's login page (and back) if signed out;
 * responds with 404 if the user is not an active member.
 */
export async function requireMember(slug: string): Promise<Actor> {
  const actor = await currentActor(slug);
  if (actor) return actor;
  if (await currentAccount()) notFound();
  redirect(`/o/${encodeURIComponent(slug)}/login?callbackUrl=${encodeURIComponent(await currentUrlPath())}`);
}

/**
 * Returns the actor of an admin page. Without the page's permission it responds with 403, and the page says which
 * permission is missing (REQ-A5). Every page calls this itself: a layout is not rendered again when the user navigates.
 */
export async function requirePermission(slug: string, page: AdminPage): Promise<Actor> {
  const actor = await requireMember(slug);
  if (!actor.permissions.has(PAGE_PERMISSIONS[page])) forbidden();
  return actor;
}

/** Returns path and query of the requested page, from the header that our HTTP server sets. */
export async function currentUrlPath(): Promise<string> {
  return (await headers()).get("x-foyer-address") ?? "/";
}

/** Returns the signed-in account, or redirects to the login page and back. */
export async function requireAccount(): Promise<SignedInAccount> {
  const account = await currentAccount();
  if (!account) redirect(`/login?callbackUrl=${encodeURIComponent(await currentUrlPath())}`);
  return account;
}

/** Returns the operator; responds with 404 to everyone else. */
export async function requireOperator(): Promise<Operator> {
  const operator = await currentOperator();
  if (!operator) notFound();
  return operator;
}
