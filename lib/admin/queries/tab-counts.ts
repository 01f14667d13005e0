import type { Actor } from "@/lib/auth/actor";
import { countOpenInvitations } from "@/lib/invitations/queries/tallies";
import { countUsers } from "@/lib/members/queries/tallies";
import { countOpenRequests } from "@/lib/requests/queries/tallies";

/** How many each of the three tabs holds (REQ-B1); undefined: the actor may not read that list. */
export type TabCounts = {
  users: number | undefined;
  invitations: number | undefined;
  requests: number | undefined;
};

/** Counts what the tabs show, for as much of it as the actor may read. */
export async function countTabs(actor: Actor): Promise<TabCounts> {
  const may = (permission: "users:read" | "invitations:read" | "requests:read") =>
    actor.permissions.has(permission);
  const [users, invitations, requests] = await Promise.all([
    may("users:read") ? countUsers(actor) : undefined,
    may("invitations:read") ? countOpenInvitations(actor) : undefined,
    may("requests:read") ? countOpenRequests(actor) : undefined,
  ]);
  return { users, invitations, requests };
}
