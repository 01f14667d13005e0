import ChevronsUpDown from "lucide-react/icons/chevrons-up-down";
import Link from "next/link";
import type { ReactNode } from "react";
import type { OwnOrganization } from "@/lib/organizations/queries";
import { ROLE_NAMES } from "@/lib/permissions/roles";

type Props = {
  current: string;
  organizations: readonly OwnOrganization[];
  /** What else leads out of this organization. */
  links?: ReactNode;
};

/**
 * From one organization to another (REQ-F4): a popover of the browser's own, so that it opens without JavaScript. Where it
 * leads is an address, so every tab stays in the organization of its own.
 */
export function OrganizationSwitch({ current, organizations, links }: Props) {
  return (
    <>
      <button
        type="button"
        className="switch-button"
        popoverTarget="organizations"
        aria-label="Switch organization"
        title="Switch organization"
      >
        <ChevronsUpDown size={16} aria-hidden />
      </button>
      <div id="organizations" popover="auto" className="account switch">
        <p className="account-who">
          <strong>Your organizations</strong>
        </p>
        <ul>
          {organizations.map(({ slug, name, role, start }) => (
            <li key={slug}>
              <Link
                href={start}
                prefetch={false}
                className="account-item"
                aria-current={slug === current ? "true" : undefined}
              >
                <span>{name}</span>
                <small>{ROLE_NAMES[role]}</small>
              </Link>
            </li>
          ))}
        </ul>
        {links}
      </div>
    </>
  );
}
