import { type Contact, helpLines } from "./help";
import { Ticket } from "./layout";
import { inert, oneLine } from "./names";
import { Action, Help, Label, Line, PlainLink, Title } from "./parts";
import type { Template } from "./template";

export type AssignPoliciesProps = {
  /** Who has joined. */
  name: string;
  address: string;
  organization: string;
  /** Users without any access policy. */
  link: string;
  contact: Contact;
};

/** Reminds an inviter that somebody is in who may do nothing yet (R B8). */
export const assignPolicies: Template<AssignPoliciesProps> = { subject, Html, text };

function subject({ name, organization }: AssignPoliciesProps): string {
  return `${oneLine(name)} joined ${oneLine(organization)}: assign access policies`;
}

function Html(props: AssignPoliciesProps) {
  return (
    <Ticket
      preview={news(props)}
      top={
        <>
          <Label>{inert(props.organization)}</Label>
          <Title>{`${inert(props.name)} joined`}</Title>
          <Line>{news(props)}</Line>
          <Action href={props.link}>Assign access policies</Action>
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

function text(props: AssignPoliciesProps): string {
  return [news(props), `Assign access policies:\n${props.link}`, "--", ...notes(props)].join("\n\n");
}

function news({ name, address, organization }: AssignPoliciesProps): string {
  return `${inert(name)} (${inert(address)}), whom you invited, is in ${inert(organization)} now and has no access policy: until somebody assigns one, there is nothing they may do there.`;
}

function notes(props: AssignPoliciesProps): string[] {
  return [
    "A letter like this comes once a day at most; the page shows everybody who has no access policy.",
    ...helpLines(props.contact, null),
  ];
}
