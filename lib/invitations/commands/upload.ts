import type { Actor } from "@/lib/auth/actor";
import { type Invite, type Invited, invite } from "@/lib/invitations/commands/invite";
import { MOST_RECORDS, readList } from "@/lib/invitations/list-file/records";
import { decideLines, type Mends, readyAddresses, type Verdict } from "@/lib/invitations/list-file/verdicts";
import type { UploadRefusal } from "@/lib/invitations/messages";
import { done, type Result, refused } from "@/lib/result/result";

export type Upload = Omit<Invite, "addresses"> & {
  /** The file, or the text that was pasted. */
  list: Uint8Array | string;
  mends: Mends;
};

/** What became of one line, by its number in the file; with ids where somebody was invited. */
export type Uploaded = Omit<Invited, "answer"> & { line: number; answer: Invited["answer"] | Verdict };

/**
 * Invites everybody in a list (REQ-B4, REQ-B5): read and decided again from the file itself, by the functions that showed the
 * preview, then invited in one transaction. Every line gets its outcome. Refused whole: what is no list, has more than
 * 100 records, or nobody to invite. The same list once more finds everybody invited, and sends nothing.
 */
export async function upload(actor: Actor, input: Upload): Promise<Result<Uploaded[], UploadRefusal>> {
  const list = readList(input.list);
  if (!list.ok) return list;
  const { records } = list.value;
  if (records.length > MOST_RECORDS) return refused("too-many-records", { count: records.length });
  const lines = decideLines(list.value, input.mends);
  const addresses = readyAddresses(lines);
  if (addresses.length === 0) return refused("nobody-ready");

  const { role, policies } = input;
  const outcome = await invite(actor, { addresses, role, policies });
  if (!outcome.ok) return outcome;
  const answers = new Map(outcome.value.map((one) => [one.text, one]));
  return done(
    lines.map(({ line, cells, verdict, address }) => {
      const answer = verdict === "ready" && address ? answers.get(address) : undefined;
      return answer
        ? { ...answer, line }
        : { line, text: address ?? cells.join(" ").slice(0, 160), answer: verdict };
    }),
  );
}
