import type { Transport } from "./transport";

const NO_PROVIDER = "no email provider";

/** The transport while email isn't set up: emails stay in the mailbox, for operators only (REQ-H1). */
export const mailboxTransport: Transport = {
  name: "mailbox",
  batchSize: 100,
  minInterval: 0,
  async send(_key, emails) {
    return { type: "completed", emails: emails.map(() => ({ state: "kept", detail: NO_PROVIDER })) };
  },
};
