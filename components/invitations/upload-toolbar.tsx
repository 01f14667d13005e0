import Download from "lucide-react/icons/download";
import { useTranslations } from "next-intl";
import type { ReactNode, Ref } from "react";
import styles from "@/components/invitations/upload-toolbar.module.css";
import { Button } from "@/components/ui/button";
import { downloadText } from "@/components/ui/download-text";
import fieldStyles from "@/components/ui/field.module.css";
import { toProblemCsv } from "@/lib/invitations/list-file/download";
import type { ListPreview } from "@/lib/invitations/list-file/preview";

type Props = {
  /** How many lines are ready or invited. */
  children: ReactNode;
  ref?: Ref<HTMLParagraphElement>;
  preview: Pick<ListPreview, "headerLines" | "columns">;
  name: string;
  problems: Parameters<typeof toProblemCsv>[1];
  onlyProblems: boolean;
  onOnlyProblems: (only: boolean) => void;
  /** Skips all lines with problems; missing after the upload. */
  onSkipProblems?: (() => void) | undefined;
  search?: { text: string; onChange: (text: string) => void } | undefined;
};

/** The bar above lines: their number, search, the filter, the download and the removal of problems (REQ-B5). */
export function UploadToolbar(props: Props) {
  const { children, ref, preview, name, problems, onlyProblems, onOnlyProblems, onSkipProblems, search } =
    props;
  const t = useTranslations();
  const noProblems = problems.length === 0 ? t("admin.invitations.upload.problems.none") : undefined;
  return (
    <div className={styles.toolbar}>
      <p ref={ref} tabIndex={-1} role="status">
        {children}
      </p>
      {search ? (
        <input
          className={`${fieldStyles.input} ${styles.search}`}
          type="search"
          aria-label={t("admin.invitations.upload.preview.search")}
          placeholder={t("admin.invitations.upload.preview.search")}
          value={search.text}
          onChange={(event) => search.onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") event.preventDefault();
          }}
        />
      ) : null}
      <Button
        size="small"
        aria-pressed={onlyProblems}
        onClick={() => onOnlyProblems(!onlyProblems)}
        disabledReason={onlyProblems ? undefined : noProblems}
      >
        {t("admin.invitations.upload.problems.filter", { count: problems.length })}
      </Button>
      {onSkipProblems ? (
        <Button size="small" variant="quiet" disabledReason={noProblems} onClick={onSkipProblems}>
          {t("admin.invitations.upload.problems.skip")}
        </Button>
      ) : null}
      <Button
        size="small"
        variant="quiet"
        icon={<Download size={15} aria-hidden />}
        disabledReason={noProblems}
        onClick={() =>
          downloadText(
            t("admin.invitations.upload.problems.fileName", { name }),
            toProblemCsv(preview, problems, t("admin.invitations.upload.problems.column")),
          )
        }
      >
        {t("admin.invitations.upload.problems.download")}
      </Button>
    </div>
  );
}
