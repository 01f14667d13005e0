import type { Actor } from "@/lib/auth/actor";
import {
  type InviteeResult,
  type InviteInput,
  inviteMembers,
  type PersonInput,
} from "@/lib/invitations/commands/invite";
import { recognizeLayout } from "@/lib/invitations/list-file/layout";
import { readTable } from "@/lib/invitations/list-file/read-table";
import { validateUpload } from "@/lib/invitations/list-file/upload-window";
import {
  type LineContext,
  type LineStatus,
  type ListChoices,
  type ListLine,
  readyAddresses,
} from "@/lib/invitations/list-file/validate-lines";
import type { UploadRefusal } from "@/lib/invitations/messages";
import { done, type Result, refused } from "@/lib/result/result";

export type UploadInput = Omit<InviteInput, "addresses" | "people"> & {
  /** The bytes of the file, or the pasted text. */
  list: Uint8Array | string;
  choices: ListChoices;
  /** The number of the list's people in earlier uploads (REQ-B13). */
  from: number;
};

/**
 * The result of one line of the file; `line` counts from 1, and `index` the people of one line from 0. The ids are set if
 * the line was invited.
 */
export type LineResult = Omit<InviteeResult, "status"> & {
  line: number;
  index?: number;
  status: InviteeResult["status"] | LineStatus;
};

/**
 * Invites the next people of a list, up to `MAX_RECORDS`, in one transaction (REQ-B4, REQ-B5, REQ-B13). Reads and validates
 * the original bytes again with the inviter's choices and the functions of the preview; `context` has what the actor can
 * grant. Returns one result per line. Refuses a file that is not a list, or has no address to invite. Uploading the
 * same people again sends nothing, because they are already invited.
 */
export async function uploadInvitationList(
  actor: Actor,
  { list, choices, from, ...input }: UploadInput,
  context: LineContext,
): Promise<Result<LineResult[], UploadRefusal>> {
  const table = await readTable(list, choices);
  if (!table.ok) return table;
  const policyNames = context.policies.map(({ name }) => name);
  const layout = recognizeLayout(table.value, choices.columns, policyNames);
  if (layout.records.length === 0) return refused("empty");
  const { lines } = validateUpload(layout, choices, context, from);
  const addresses = readyAddresses(lines);
  if (addresses.length === 0) return refused("nothing-to-invite");

  const invited = await inviteMembers(actor, { ...input, addresses, people: peopleOf(lines) });
  if (!invited.ok) return invited;
  const resultByText = new Map(invited.value.map((invitee) => [invitee.text, invitee]));
  return done(
    lines.map(({ line, index, cells, status, address }) => {
      const place = index === undefined ? { line } : { line, index };
      const result = status === "ready" && address ? resultByText.get(address) : undefined;
      return result
        ? { ...result, ...place }
        : { ...place, text: address ?? cells.join(" ").slice(0, 160), status };
    }),
  );
}

/** Returns what the lines say about each person, by address (REQ-B10). */
function peopleOf(lines: readonly ListLine[]): ReadonlyMap<string, PersonInput> {
  return new Map(
    lines.flatMap(({ status, address, name, role, policies, language }) =>
      status === "ready" && address ? [[address, { name, role, policies, language }]] : [],
    ),
  );
}
