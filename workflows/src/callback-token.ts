import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** 160 bits are not guessed, and addresses stay short enough for a text message. */
const tokenLength = 40;

/**
 * The token of the address that answers one visit to a callback node: the same whenever it is asked
 * for, without being stored anywhere.
 * @param secret of the run
 */
export function callbackToken(secret: string, nodeId: string, visit: number): string {
  const mac = hmac(sha256, utf8ToBytes(secret), utf8ToBytes(`${nodeId}\n${visit}`));
  return bytesToHex(mac).slice(0, tokenLength);
}

/** What is stored of a token: its sha256 in hex. */
export const callbackTokenHash = (token: string): string => bytesToHex(sha256(utf8ToBytes(token)));
