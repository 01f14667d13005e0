import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import styles from "@/components/invitations/upload-lines.module.css";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { type LineStatus, type ListLine, lineKey } from "@/lib/invitations/list-file/validate-lines";
import type { InviteeStatus } from "@/lib/invitations/messages";

export type DisplayedLine = Pick<ListLine, "line" | "index" | "cells" | "text" | "name"> & {
  /** The address, or a field to correct it. */
  email: ReactNode;
  status: LineStatus | InviteeStatus;
  message: string;
  /** What is special about this person, below the status. */
  details?: ReactNode;
};

type Props = {
  lines: readonly DisplayedLine[];
  label: string;
  /** Limits the height and scrolls. Every line must then contain a focusable element, for keyboard users. */
  scrolls?: boolean;
};

/** The table of all lines with name, address and status; a list on screens narrower than 760 px. */
export function UploadLines({ lines, label, scrolls = false }: Props) {
  const t = useTranslations();
  const hasNames = lines.some(({ name }) => name);
  return (
    <section className={styles.lines} aria-label={label}>
      <div className={scrolls ? styles.scroll : undefined}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("admin.invitations.upload.columns.line")}</th>
              <th scope="col">{t("admin.invitations.upload.columns.contents")}</th>
              {hasNames ? <th scope="col">{t("admin.invitations.upload.columns.name")}</th> : null}
              <th scope="col">{t("admin.invitations.upload.columns.email")}</th>
              <th scope="col">{t("admin.invitations.upload.columns.status")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={lineKey(line)}>
                <th scope="row">{line.line}</th>
                <td className={styles.contents}>{summarizeCells(line.text ? [line.text] : line.cells)}</td>
                {hasNames ? <td className={styles.name}>{line.name}</td> : null}
                <td className={styles.email}>{line.email}</td>
                <td>
                  <Badge tone={badgeTone(line.status)}>{line.message}</Badge>
                  {line.details}
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
    .slice(0, 100)
    .map((cell) => cell.slice(0, 200).trim())
    .filter(Boolean)
    .join(" · ");
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function badgeTone(status: DisplayedLine["status"]): BadgeTone {
  if (status === "ready" || status === "invited" || status === "invited-again") return "ok";
  if (status === "skipped") return "quiet";
  if (status === "duplicate" || status === "already-a-user" || status === "already-invited") return "info";
  return status === "two-addresses" || status === "confirm" || status === "commented-out" ? "warn" : "bad";
}
