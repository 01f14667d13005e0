/** The organization's support address below a public page (REQ-G1), if it has one. */
export function SupportLine({ address }: { address: string | null }) {
  return address ? <p>Questions? Write to {address}.</p> : null;
}
