import { headers } from "next/headers";
import { forbidden, notFound, redirect } from "next/navigation";
import type { Actor, Operator } from "@/lib/auth/actor";
import { currentAccount, currentActor, currentOperator } from "@/lib/auth/current";
import { type AdminPage, PAGE_PERMISSIONS } from "@/lib/auth/pages";
import type { SignedIn } from "@/lib/auth/session";

/**
 * The actor of an organization's page, or the page ends here: signed out goes to the organization's login and comes
 * back afterwards; without a place there it is not found.
 */
export async function memberAt(slug: string): Promise<Actor> {
  const actor = await currentActor(slug);
  if (actor) return actor;
  if (await currentAccount()) notFound();
  redirect(`/o/${encodeURIComponent(slug)}/login?callbackUrl=${encodeURIComponent(await addressHere())}`);
}

/**
 * The actor of an admin page, who holds its permission; without it the page is forbidden, which says what is missing
 * (REQ-A5). Each page asks for itself: a layout is not asked again when somebody walks from page to page.
 */
export async function actorAt(slug: string, page: AdminPage): Promise<Actor> {
  const actor = await memberAt(slug);
  if (!actor.permissions.has(PAGE_PERMISSIONS[page])) forbidden();
  return actor;
}

/** Path and query of the page that is asked for, as our own HTTP server saw them. */
export async function addressHere(): Promise<string> {
  return (await headers()).get("x-foyer-address") ?? "/";
}

/** Whoever is signed in, or the way to the login page and back. */
export async function accountHere(): Promise<SignedIn> {
  const account = await currentAccount();
  if (!account) redirect(`/login?callbackUrl=${encodeURIComponent(await addressHere())}`);
  return account;
}

/** The operator; for everybody else the page does not exist. */
export async function operatorHere(): Promise<Operator> {
  const operator = await currentOperator();
  if (!operator) notFound();
  return operator;
}
