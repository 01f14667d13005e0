import ChevronRight from "lucide-react/icons/chevron-right";
import Link from "next/link";
import type { OwnOrganization } from "@/lib/organizations/queries";
import { ROLE_NAMES } from "@/lib/permissions/roles";

/** The organizations somebody is in, each with their role, to go on to. */
export function OrganizationChoices({ organizations }: { organizations: readonly OwnOrganization[] }) {
  return (
    <ul className="choices">
      {organizations.map(({ slug, name, role, start }) => (
        <li key={slug}>
          <Link className="choice" href={start} prefetch={false}>
            <span>{name}</span>
            <small>{ROLE_NAMES[role]}</small>
            <ChevronRight size={16} aria-hidden />
          </Link>
        </li>
      ))}
    </ul>
  );
}
