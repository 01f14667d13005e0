import type { ReactNode } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { Verdict } from "@/lib/invitations/list-file/verdicts";
import type { InviteAnswer } from "@/lib/invitations/messages";

export type ShownLine = {
  line: number;
  cells: readonly string[];
  /** The address, or what it is mended by. */
  address: ReactNode;
  verdict: Verdict | InviteAnswer;
  words: string;
};

type Props = {
  lines: readonly ShownLine[];
  label: string;
  /** They scroll by themselves, so that what comes after them is in reach; each has something to focus. */
  isBounded?: boolean;
};

/** Every line of the file with its address and what becomes of it; below 760 px a list. */
export function UploadLines({ lines, label, isBounded = false }: Props) {
  return (
    <section className="upload-lines" aria-label={label}>
      <div className={isBounded ? "upload-bound" : undefined}>
        <table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">In the list</th>
              <th scope="col">Address</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, cells, address, verdict, words }) => (
              <tr key={line}>
                <th scope="row">{line}</th>
                <td>{inShort(cells)}</td>
                <td>{address}</td>
                <td>
                  <Badge tone={toneOf(verdict)}>{words}</Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Enough to know the line by. */
function inShort(cells: readonly string[]): string {
  const text = cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(" · ");
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function toneOf(verdict: ShownLine["verdict"]): BadgeTone {
  if (verdict === "ready" || verdict === "invited" || verdict === "invited-again") return "ok";
  if (verdict === "left-out") return "quiet";
  if (verdict === "duplicate" || verdict === "already-a-user" || verdict === "already-invited") return "info";
  return verdict === "two-addresses" ? "warn" : "bad";
}
