import { readFileSync } from 'node:fs'

/**
 * When this machine's kernel sends the first SYNs of a connect, in milliseconds after the call: every system sends a second
 * one after 1 s (RFC 6298, 2.1); Linux 6.5 and later send the next after another second (`tcp_syn_linear_timeouts`,
 * `ip-sysctl`), others after two, which is later than the engine waits.
 */
export const SYN_TIMES_MS: readonly number[] = hasLinearTimeouts() ? [0, 1_000, 2_000] : [0, 1_000]

function hasLinearTimeouts(): boolean {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/tcp_syn_linear_timeouts', 'utf8')) > 1
  } catch {
    return false
  }
}
