import type { Actor } from "@/lib/auth/actor";
import { countOpenInvitations } from "@/lib/invitations/queries/counts";
import { countUsers } from "@/lib/members/queries/counts";
import { countOpenRequests } from "@/lib/requests/queries/counts";

/** The row counts of the three tabs (REQ-B1); undefined if the actor cannot read that list. */
export type TabCounts = {
  users: number | undefined;
  invitations: number | undefined;
  requests: number | undefined;
};

/** Counts the rows of the tabs that the actor can read. */
export async function countTabs(actor: Actor): Promise<TabCounts> {
  const canRead = (permission: "users:read" | "invitations:read" | "requests:read") =>
    actor.permissions.has(permission);
  const [users, invitations, requests] = await Promise.all([
    canRead("users:read") ? countUsers(actor) : undefined,
    canRead("invitations:read") ? countOpenInvitations(actor) : undefined,
    canRead("requests:read") ? countOpenRequests(actor) : undefined,
  ]);
  return { users, invitations, requests };
}
