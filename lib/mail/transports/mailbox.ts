import type { Transport } from "./transport";

const NO_PROVIDER = "no email provider";

/** Without a provider letters stay here, where the operator can read them (REQ-H1). Nothing is ever "sent". */
export const mailbox: Transport = {
  name: "mailbox",
  perCall: 100,
  pace: 0,
  async call(_key, letters) {
    return { outcome: "answered", results: letters.map(() => ({ state: "kept", detail: NO_PROVIDER })) };
  },
};
