import { useFormatter, useTranslations } from "next-intl";
import type { RoleAndPolicies } from "@/components/members/role-and-policy-fields";
import fieldStyles from "@/components/ui/field.module.css";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import { LOCALE_NAMES, type Locale } from "@/lib/i18n/locales";
import type { ListLine } from "@/lib/invitations/list-file/validate-lines";
import { LINE_NOTE_MESSAGES } from "@/lib/invitations/messages";

/** The defaults for lines that say nothing else. */
export type UploadValues = { access: RoleAndPolicies; language: Locale };

type Props = {
  line: ListLine;
  policies: InviteOptions["policies"];
  /** The defaults for all other lines. */
  values: UploadValues;
};

/** What a line says about role, access policies and language, if it is not what all get, and what cannot apply (REQ-B10). */
export function LineDetails({ line, policies, values }: Props) {
  const t = useTranslations();
  const format = useFormatter();
  if (line.status === "skipped") return null;
  const { role, language, notes } = line;
  const isSame = (ids: readonly string[]) =>
    ids.length === values.access.policies.length && ids.every((id) => values.access.policies.includes(id));
  const own = line.policies && !isSame(line.policies) ? line.policies : null;
  const names = policies.filter(({ id }) => own?.includes(id)).map(({ name }) => name);
  const details = [
    role && role !== values.access.role ? t(`common.roles.${role}`) : null,
    own && names.length === 0 ? t("admin.invitations.upload.lines.noPolicies") : null,
    ...names,
    language && language !== values.language ? LOCALE_NAMES[language] : null,
  ].filter((detail) => detail !== null);
  return (
    <>
      {details.length > 0 ? <p>{format.list(details, { type: "unit" })}</p> : null}
      {notes.map(({ reason, text }) => (
        <p key={`${reason} ${text}`} className={fieldStyles.hint}>
          {t(LINE_NOTE_MESSAGES[reason], { text })}
        </p>
      ))}
    </>
  );
}
