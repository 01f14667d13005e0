import { type Contact, helpLines } from "./help";
import { inert, oneLine } from "./names";
import { type Note, noteTemplate } from "./note";

export type AnswerProps = {
  answer:
    | { is: "accepted"; role: string; addressConfirmed: boolean }
    | { is: "declined"; reason: string | null };
  /** Who answered; empty: they never gave a name. */
  name: string;
  address: string;
  organization: string;
  /** Their profile page. */
  link: string;
  contact: Contact;
};

/** Tells an inviter that somebody joined, or why they declined (REQ-D4). */
export const answer = noteTemplate<AnswerProps>(subject, note);

function subject(props: AnswerProps): string {
  const who = oneLine(props.name || props.address);
  const organization = oneLine(props.organization);
  return props.answer.is === "accepted"
    ? `${who} joined ${organization}`
    : `${who} declined your invitation to ${organization}`;
}

function note(props: AnswerProps): Note {
  const who = inert(props.name || props.address);
  const lines = linesOf(props);
  return {
    preview: lines[0] ?? "",
    label: inert(props.organization),
    title: props.answer.is === "accepted" ? `${who} joined` : "Your invitation was declined",
    lines,
    button: "Open their page",
    link: props.link,
    until: null,
    notes: ["You get this letter because you sent the invitation.", ...helpLines(props.contact, null)],
  };
}

function linesOf({ answer, name, address, organization }: AnswerProps): string[] {
  const who = name ? `${inert(name)} (${inert(address)})` : inert(address);
  if (answer.is === "accepted")
    return [
      `${who}, whom you invited, is in ${inert(organization)} now, as ${answer.role}.`,
      ...(answer.addressConfirmed
        ? []
        : [
            "They came by a copied link or the code, which proves no mailbox: until their address is confirmed they have no more rights than a Member.",
          ]),
    ];
  return [
    `${who}, whom you invited, declined to join ${inert(organization)}.`,
    answer.reason ? `Their reason: “${inert(answer.reason)}”` : "They gave no reason.",
  ];
}
