import type { Actor } from "@/lib/auth/actor";
import { type InviteeResult, type InviteInput, inviteMembers } from "@/lib/invitations/commands/invite";
import { parseList } from "@/lib/invitations/list-file/parse";
import { MAX_RECORDS } from "@/lib/invitations/list-file/records";
import {
  type Corrections,
  type LineStatus,
  readyAddresses,
  validateLines,
} from "@/lib/invitations/list-file/validate-lines";
import type { UploadRefusal } from "@/lib/invitations/messages";
import { done, type Result, refused } from "@/lib/result/result";

export type UploadInput = Omit<InviteInput, "addresses"> & {
  /** The bytes of the file, or the pasted text. */
  list: Uint8Array | string;
  corrections: Corrections;
};

/** The result of one line of the file; `line` counts from 1. The ids are set if the line was invited. */
export type LineResult = Omit<InviteeResult, "status"> & {
  line: number;
  status: InviteeResult["status"] | LineStatus;
};

/**
 * Invites the people of a list in one transaction (REQ-B4, REQ-B5). Parses and validates the file again with
 * the functions of the preview. Returns one result per line. Refuses a file that is not a list, has more than
 * 100 records, or has no address to invite. Uploading the same list again sends nothing, because its people
 * are already invited.
 */
export async function uploadInvitationList(
  actor: Actor,
  input: UploadInput,
): Promise<Result<LineResult[], UploadRefusal>> {
  const list = parseList(input.list);
  if (!list.ok) return list;
  const { records } = list.value;
  if (records.length > MAX_RECORDS) return refused("too-many-records", { count: records.length });
  const lines = validateLines(list.value, input.corrections);
  const addresses = readyAddresses(lines);
  if (addresses.length === 0) return refused("nothing-to-invite");

  const { role, policies, language } = input;
  const invited = await inviteMembers(actor, { addresses, role, policies, language });
  if (!invited.ok) return invited;
  const resultByText = new Map(invited.value.map((invitee) => [invitee.text, invitee]));
  return done(
    lines.map(({ line, cells, status, address }) => {
      const result = status === "ready" && address ? resultByText.get(address) : undefined;
      return result ? { ...result, line } : { line, text: address ?? cells.join(" ").slice(0, 160), status };
    }),
  );
}
