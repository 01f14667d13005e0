import { redirect } from "next/navigation";
import { handleOAuthCallback } from "@/lib/sign-in/oauth-callback";

/** The redirect URI of OpenID Connect providers (REQ-F5). Only completes a sign-in that this browser started. */
export async function GET(
  request: Request,
  { params }: RouteContext<"/api/auth/callback/[provider]">,
): Promise<never> {
  const { provider } = await params;
  redirect(await handleOAuthCallback(provider, new URL(request.url).search));
}
