import { useFormatter, useTranslations } from "next-intl";
import styles from "@/components/invitations/upload-choices.module.css";
import { SelectField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";
import { COLUMN_USES, type ColumnUse } from "@/lib/invitations/list-file/column-titles";
import type { ChosenColumns, FileColumn } from "@/lib/invitations/list-file/columns";

/** More columns are not named one by one. */
const MAX_NAMED = 30;

type ColumnsProps = { columns: readonly FileColumn[] };

/** Says which columns of the file are used and which are not (REQ-B10). */
export function UsedColumns({ columns }: ColumnsProps) {
  const t = useTranslations();
  const format = useFormatter();
  const titleOf = useColumnTitle();
  const list = (all: readonly FileColumn[]) => {
    const more = all.length - MAX_NAMED;
    return format.list([
      ...all.slice(0, MAX_NAMED).map(titleOf),
      ...(more > 0 ? [t("admin.invitations.upload.columnUses.more", { count: more })] : []),
    ]);
  };
  const filled = columns.filter(({ hasValues }) => hasValues);
  const used = filled.filter(({ use }) => use !== "unused");
  const unused = filled.filter(({ use }) => use === "unused");
  if (filled.length < 2) return null;
  return (
    <p className={fieldStyles.hint}>
      {used.length > 0 ? t("admin.invitations.upload.columnUses.used", { list: list(used) }) : null}{" "}
      {unused.length > 0 ? t("admin.invitations.upload.columnUses.notUsed", { list: list(unused) }) : null}
    </p>
  );
}

/** Lets the inviter choose what each column is used for (REQ-B10). */
export function ColumnUses({
  columns,
  chosen,
  onChange,
}: ColumnsProps & { chosen: ChosenColumns; onChange: (chosen: ChosenColumns) => void }) {
  const t = useTranslations();
  const titleOf = useColumnTitle();
  const shown = columns.filter(({ hasValues, use }) => hasValues || use !== "unused").slice(0, 2 * MAX_NAMED);
  if (shown.length < 2) return null;
  return (
    <details className={styles.details}>
      <summary>{t("admin.invitations.upload.columnUses.title")}</summary>
      <div className={styles.choices}>
        {shown.map((column) => (
          <SelectField
            key={column.index}
            label={titleOf(column)}
            value={column.use}
            onChange={({ target: { value } }) =>
              onChange(chooseUse(chosen, column.index, value as ColumnUse))
            }
          >
            {COLUMN_USES.map((use) => (
              <option key={use} value={use}>
                {t(`admin.invitations.upload.columnUses.uses.${use}`)}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
    </details>
  );
}

/** Returns the choices with a new one. Only addresses can be in several columns. */
function chooseUse(chosen: ChosenColumns, index: number, use: ColumnUse): ChosenColumns {
  const others = Object.entries(chosen).filter(
    ([, other]) => use === "address" || use === "unused" || other !== use,
  );
  return { ...Object.fromEntries(others), [index]: use };
}

/** Returns a function that names a column: by its title, or by its position. */
export function useColumnTitle(): (column: Pick<FileColumn, "index" | "title">) => string {
  const t = useTranslations();
  return ({ index, title }) =>
    title || t("admin.invitations.upload.columnUses.untitled", { number: index + 1 });
}
