import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import styles from "@/components/invitations/upload-lines.module.css";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { LineStatus } from "@/lib/invitations/list-file/validate-lines";
import type { InviteeStatus } from "@/lib/invitations/messages";

export type DisplayedLine = {
  line: number;
  cells: readonly string[];
  /** The address, or a field to correct it. */
  address: ReactNode;
  status: LineStatus | InviteeStatus;
  message: string;
};

type Props = {
  lines: readonly DisplayedLine[];
  label: string;
  /** Limits the height and scrolls. Every line must then contain a focusable element, for keyboard users. */
  scrolls?: boolean;
};

/** The table of all lines with address and status; a list on screens narrower than 760 px. */
export function UploadLines({ lines, label, scrolls = false }: Props) {
  const t = useTranslations();
  return (
    <section className={styles.lines} aria-label={label}>
      <div className={scrolls ? styles.scroll : undefined}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("admin.invitations.upload.columns.line")}</th>
              <th scope="col">{t("admin.invitations.upload.columns.contents")}</th>
              <th scope="col">{t("admin.invitations.upload.columns.email")}</th>
              <th scope="col">{t("admin.invitations.upload.columns.status")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, cells, address, status, message }) => (
              <tr key={line}>
                <th scope="row">{line}</th>
                <td>{summarizeCells(cells)}</td>
                <td>{address}</td>
                <td>
                  <Badge tone={badgeTone(status)}>{message}</Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Returns the beginning of the cells, enough to recognize the line. */
function summarizeCells(cells: readonly string[]): string {
  const text = cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .join(" · ");
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function badgeTone(status: DisplayedLine["status"]): BadgeTone {
  if (status === "ready" || status === "invited" || status === "invited-again") return "ok";
  if (status === "skipped") return "quiet";
  if (status === "duplicate" || status === "already-a-user" || status === "already-invited") return "info";
  return status === "two-addresses" ? "warn" : "bad";
}
