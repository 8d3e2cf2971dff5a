/** The platform as browsers know it: what passkeys are bound to and where an identity service sends people back. */
export interface Site {
  /** Relying party id: the host without its port (Web Authentication 5.4.2). */
  readonly rpId: string;
  readonly origin: string;
}

/**
 * From the configured address, else from the host a request names: over TLS, or plain on this machine, as browsers want it.
 *
 * @param configured an origin such as `https://mingjian.example.gov.cn`
 * @param host value of the Host header, with its port
 */
export function siteOf(configured: string | undefined, host: string): Site {
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  const { hostname, origin } = new URL(configured ?? `${local ? 'http' : 'https'}://${host}`);
  return { rpId: hostname, origin };
}
