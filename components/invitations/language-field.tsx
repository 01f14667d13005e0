import { useTranslations } from "next-intl";
import { type Control, type FieldValues, type Path, useController } from "react-hook-form";
import { SelectField } from "@/components/ui/field";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";

type Props<Values extends FieldValues> = { control: Control<Values>; name: Path<Values> };

/** The field for the language of an invitation (REQ-B15). */
export function LanguageField<Values extends FieldValues>({ control, name }: Props<Values>) {
  const t = useTranslations();
  const { field } = useController({ control, name });
  return (
    <SelectField
      {...field}
      label={t("admin.invitations.language.label")}
      hint={t("admin.invitations.language.hint")}
    >
      {LOCALES.map((locale) => (
        <option key={locale} value={locale}>
          {LOCALE_NAMES[locale]}
        </option>
      ))}
    </SelectField>
  );
}
