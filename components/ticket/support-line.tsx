/** Whom an organization names for questions, below a public page of its own (REQ-G1); nothing where it names nobody. */
export function SupportLine({ address }: { address: string | null }) {
  return address ? <p>Questions? Write to {address}.</p> : null;
}
