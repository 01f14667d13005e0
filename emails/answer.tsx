import { type Contact, helpLines } from "./help";
import { Ticket } from "./layout";
import { inert, oneLine } from "./names";
import { Action, Help, Label, Line, PlainLink, Title } from "./parts";
import type { Template } from "./template";

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

/** Tells an inviter that somebody joined, or why they declined (R D4). */
export const answer: Template<AnswerProps> = { subject, Html, text };

function subject(props: AnswerProps): string {
  const who = oneLine(props.name || props.address);
  const organization = oneLine(props.organization);
  return props.answer.is === "accepted"
    ? `${who} joined ${organization}`
    : `${who} declined your invitation to ${organization}`;
}

function Html(props: AnswerProps) {
  const who = inert(props.name || props.address);
  const [news = "", ...more] = lines(props);
  return (
    <Ticket
      preview={news}
      top={
        <>
          <Label>{inert(props.organization)}</Label>
          <Title>{props.answer.is === "accepted" ? `${who} joined` : "Your invitation was declined"}</Title>
          <Line>{news}</Line>
          {more.map((line) => (
            <Line key={line}>{line}</Line>
          ))}
          <Action href={props.link}>Open their page</Action>
        </>
      }
      stub={
        <>
          <Label>If the button does not work, open this link</Label>
          <PlainLink href={props.link} />
        </>
      }
      help={<Help lines={notes(props)} />}
    />
  );
}

function text(props: AnswerProps): string {
  return [...lines(props), `Open their page:\n${props.link}`, "--", ...notes(props)].join("\n\n");
}

function lines({ answer, name, address, organization }: AnswerProps): string[] {
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

function notes(props: AnswerProps): string[] {
  return ["You get this letter because you sent the invitation.", ...helpLines(props.contact, null)];
}
