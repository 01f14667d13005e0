import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactCompiler: true,
  typedRoutes: false,
  // Libraries that load native code or workers of their own stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "pg", "pg-boss", "pino"],
  experimental: { authInterrupts: true },
};

export default config;
