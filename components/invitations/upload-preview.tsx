"use client";

import Download from "lucide-react/icons/download";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Controller, useController, useForm } from "react-hook-form";
import { AddressCell } from "@/components/invitations/address-cell";
import { LanguageField } from "@/components/invitations/language-field";
import { UploadLines } from "@/components/invitations/upload-lines";
import styles from "@/components/invitations/upload-preview.module.css";
import type { SelectedList } from "@/components/invitations/upload-source";
import type { UploadResult } from "@/components/invitations/upload-summary";
import toolbarStyles from "@/components/invitations/upload-toolbar.module.css";
import { useEligibility } from "@/components/invitations/use-eligibility";
import { type RoleAndPolicies, RoleAndPolicyFields } from "@/components/members/role-and-policy-fields";
import { useApplyRows } from "@/components/members/row-updates";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { downloadText } from "@/components/ui/download-text";
import fieldStyles from "@/components/ui/field.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { useActionSubmit } from "@/components/ui/use-action-submit";
import { uploadInvitationListAction } from "@/lib/admin/invitation-actions";
import type { InviteOptions } from "@/lib/admin/queries/invite-options";
import type { Locale } from "@/lib/i18n/locales";
import { toProblemCsv } from "@/lib/invitations/list-file/download";
import { isProblem, readyAddresses, validateLines } from "@/lib/invitations/list-file/validate-lines";
import { lineMessage } from "@/lib/invitations/messages";

type Props = {
  organization: string;
  options: InviteOptions;
  selected: SelectedList;
  onBack: () => void;
  onUploaded: (result: UploadResult) => void;
};

/** `corrections`: the corrected texts by line number. */
type UploadValues = { corrections: Record<number, string>; access: RoleAndPolicies; language: Locale };

/**
 * The lines of the list with their status, editable in place; role and policies; uploads the whole list
 * (REQ-B5).
 */
export function UploadPreview({ organization, options, selected, onBack, onUploaded }: Props) {
  const t = useTranslations();
  const { source, list, name } = selected;
  const form = useForm<UploadValues>({
    defaultValues: {
      corrections: {},
      language: options.language,
      access: {
        role: options.defaultRole,
        policies: options.policies.filter((policy) => policy.isDefault).map(({ id }) => id),
      },
    },
  });
  const { control } = form;
  const {
    field: { value: corrections, onChange: setCorrections },
  } = useController({ control, name: "corrections" });
  const [onlyProblems, setOnlyProblems] = useState(false);
  const statusLine = useRef<HTMLParagraphElement>(null);
  useEffect(() => statusLine.current?.focus(), []);
  const addRows = useApplyRows();
  const router = useRouter();

  const { ineligible, isChecking } = useEligibility(
    organization,
    readyAddresses(validateLines(list, corrections)),
  );
  const originals = validateLines(list, {}, ineligible);
  const lines = validateLines(list, corrections, ineligible);
  const problems = lines.filter(isProblem);
  const readyCount = readyAddresses(lines).length;
  const correctLine = (line: number, text: string | undefined) => {
    const { [line]: _, ...others } = corrections;
    setCorrections(text === undefined ? others : { ...others, [line]: text });
  };
  // Lines that are being corrected stay visible.
  const visible = lines.filter((line) => !onlyProblems || isProblem(line) || line.correction !== undefined);
  const displayed = visible.map((line) => ({
    ...line,
    message: lineMessage(t, line),
    address: (
      <AddressCell
        key={line.line}
        original={originals.find((original) => original.line === line.line) ?? line}
        line={line}
        onCorrect={(text) => correctLine(line.line, text)}
      />
    ),
  }));
  const { submit, pending, message } = useActionSubmit(form, {
    action: (values) =>
      uploadInvitationListAction({
        organization,
        list: source,
        corrections: values.corrections,
        role: values.access.role,
        policies: [...values.access.policies],
        language: values.language,
      }),
    unreachableMessage: t("admin.invitations.unreachable"),
    onSuccess: (uploaded) => {
      addRows({ invitations: uploaded.invitations, users: uploaded.users });
      onUploaded({ lines: uploaded.lines, validated: lines });
      router.refresh();
    },
  });
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <FormError>{message}</FormError>
        <div className={toolbarStyles.toolbar}>
          <p ref={statusLine} tabIndex={-1} role="status">
            <strong>
              {readyCount === lines.length
                ? t("admin.invitations.upload.preview.allReady", { count: lines.length })
                : t("admin.invitations.upload.preview.someReady", { ready: readyCount, count: lines.length })}
            </strong>
            {list.header ? (
              <span> {t("admin.invitations.upload.preview.header", { line: list.header.line })}</span>
            ) : null}
            {isChecking ? <span> {t("admin.invitations.upload.preview.checking")}</span> : null}
          </p>
          <Button
            size="small"
            aria-pressed={onlyProblems}
            onClick={() => setOnlyProblems(!onlyProblems)}
            disabledReason={
              problems.length === 0 && !onlyProblems ? t("admin.invitations.upload.problems.none") : undefined
            }
          >
            {t("admin.invitations.upload.problems.filter", { count: problems.length })}
          </Button>
          <Button
            size="small"
            variant="quiet"
            icon={<Download size={15} aria-hidden />}
            disabledReason={problems.length === 0 ? t("admin.invitations.upload.problems.none") : undefined}
            onClick={() =>
              downloadText(
                t("admin.invitations.upload.problems.fileName", { name }),
                toProblemCsv(
                  list.header,
                  problems.map((line) => ({ ...line, message: lineMessage(t, line) })),
                  t("admin.invitations.upload.problems.column"),
                ),
              )
            }
          >
            {t("admin.invitations.upload.problems.download")}
          </Button>
        </div>
        <p className={fieldStyles.hint}>{t("admin.invitations.upload.preview.hint")}</p>
        <UploadLines label={t("admin.invitations.upload.preview.lines")} lines={displayed} scrolls />
        <Controller
          control={control}
          name="access"
          render={({ field: { value, onChange } }) => (
            <RoleAndPolicyFields
              roles={options.roles}
              policies={options.policies.map((policy) => ({ ...policy, isDisabled: !policy.isGrantable }))}
              value={value}
              onChange={onChange}
            />
          )}
        />
        <LanguageField control={control} name="language" />
        {pending ? (
          <p role="status" className={styles.progress}>
            <progress aria-label={t("admin.invitations.upload.preview.sending")} />{" "}
            {t("admin.invitations.upload.preview.progress", { count: readyCount })}
          </p>
        ) : null}
      </DialogBody>
      <DialogActions>
        <Button
          onClick={onBack}
          disabledReason={pending ? t("admin.invitations.upload.preview.sending") : undefined}
        >
          {t("admin.invitations.upload.preview.back")}
        </Button>
        <DialogCancel />
        <SubmitButton
          pending={pending}
          disabledReason={readyCount === 0 ? t("admin.invitations.upload.preview.noneReady") : undefined}
        >
          {t("admin.invitations.upload.preview.submit", { count: readyCount })}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}
