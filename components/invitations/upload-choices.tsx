import { useTranslations } from "next-intl";
import styles from "@/components/invitations/upload-choices.module.css";
import { ColumnUses, UsedColumns, useColumnTitle } from "@/components/invitations/upload-columns";
import { CheckField, SelectField } from "@/components/ui/field";
import { ENCODINGS, isEncoding } from "@/lib/invitations/list-file/encodings";
import type { ListPreview } from "@/lib/invitations/list-file/preview";
import type { ListChoices } from "@/lib/invitations/list-file/validate-lines";
import { ENCODING_MESSAGES } from "@/lib/invitations/messages";

type Props = {
  preview: ListPreview;
  choices: ListChoices;
  onChange: (choices: ListChoices) => void;
};

/**
 * What the inviter can choose for the whole file (REQ-B9, REQ-B10, REQ-B12): encoding, sheet, columns, and whether a line
 * can have several people.
 */
export function UploadChoices({ preview, choices, onChange }: Props) {
  const t = useTranslations();
  const { columns, hasSeveralPerLine, sheets } = preview;
  return (
    <>
      <div className={styles.choices}>
        <EncodingField preview={preview} choices={choices} onChange={onChange} />
        {sheets.length > 1 ? (
          <SelectField
            label={t("admin.invitations.upload.choices.sheet")}
            value={choices.sheet ?? preview.sheet ?? ""}
            // The columns and corrections belong to the previous sheet.
            onChange={({ target: { value } }) => onChange({ sheet: value, corrections: {} })}
          >
            {sheets.map((sheet) => (
              <option key={sheet}>{sheet}</option>
            ))}
          </SelectField>
        ) : null}
        <AddressColumnField preview={preview} choices={choices} onChange={onChange} />
      </div>
      <div>
        <UsedColumns columns={columns} />
        <ColumnUses
          columns={columns}
          chosen={choices.columns ?? {}}
          onChange={(chosen) => onChange({ ...choices, columns: chosen })}
        />
      </div>
      {hasSeveralPerLine || choices.severalPerLine ? (
        <CheckField
          label={t("admin.invitations.upload.choices.severalPerLine")}
          hint={t("admin.invitations.upload.choices.severalPerLineHint")}
          checked={choices.severalPerLine ?? false}
          onChange={(event) => onChange({ ...choices, severalPerLine: event.target.checked })}
        />
      ) : null}
    </>
  );
}

function EncodingField({ preview, choices, onChange }: Props) {
  const t = useTranslations();
  const { encoding, detected } = preview;
  if (encoding === null) return null;
  return (
    <SelectField
      label={t("admin.invitations.upload.choices.encoding")}
      hint={
        detected && !detected.isCertain && !choices.encoding
          ? t("admin.invitations.upload.choices.encodingHint")
          : undefined
      }
      value={choices.encoding ?? ""}
      onChange={({ target: { value } }) =>
        onChange({ ...choices, encoding: isEncoding(value) ? value : undefined })
      }
    >
      <option value="">
        {!detected
          ? t("admin.invitations.upload.choices.detect")
          : detected.isCertain
            ? t("admin.invitations.upload.choices.detected", {
                encoding: t(ENCODING_MESSAGES[detected.encoding]),
              })
            : t("admin.invitations.upload.choices.guessed", {
                encoding: t(ENCODING_MESSAGES[detected.encoding]),
              })}
      </option>
      {ENCODINGS.map((known) => (
        <option key={known} value={known}>
          {t(ENCODING_MESSAGES[known])}
        </option>
      ))}
    </SelectField>
  );
}

/** The choice between the columns that have addresses, made once for the file (REQ-B9). */
function AddressColumnField({ preview: { addressCandidates, columns }, choices, onChange }: Props) {
  const t = useTranslations();
  const titleOf = useColumnTitle();
  if (addressCandidates.length === 0) return null;
  const others = Object.entries(choices.columns ?? {}).filter(([, use]) => use !== "address");
  const chosen = Object.entries(choices.columns ?? {}).filter(([, use]) => use === "address");
  const [[only = ""] = []] = chosen;
  return (
    <SelectField
      label={t("admin.invitations.upload.choices.addressColumn")}
      value={chosen.length === 1 ? only : ""}
      onChange={({ target: { value } }) =>
        onChange({
          ...choices,
          columns: {
            ...Object.fromEntries(others),
            ...(value === "" ? {} : { [value]: "address" as const }),
          },
        })
      }
    >
      <option value="">{t("admin.invitations.upload.choices.automatic")}</option>
      {columns
        .filter(({ index }) => addressCandidates.includes(index) || only === `${index}`)
        .map((column) => (
          <option key={column.index} value={column.index}>
            {titleOf(column)}
          </option>
        ))}
    </SelectField>
  );
}
