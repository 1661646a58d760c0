import type { CannedReply } from '@crmflow/contracts';
import { signal } from '@preact/signals';
import { listCannedReplies } from '../../api/inbox.js';
import { language } from '../../texts/language.js';

/** The canned replies of the workspace, as far as they are known. */
export const cannedReplies = signal<readonly CannedReply[]>([]);

/** Reads them again. @throws ApiError */
export async function loadCannedReplies(): Promise<void> {
  const found = await listCannedReplies();
  cannedReplies.value = found.sort((a, b) => a.shortcut.localeCompare(b.shortcut));
}

/**
 * The replies that fit what is typed: by their shortcut first, then by what they say; those in the
 * customer's language before others.
 */
export function fittingReplies(
  replies: readonly CannedReply[],
  word: string,
  locale: string = language,
): CannedReply[] {
  const [spoken = ''] = locale.toLowerCase().split('-');
  const rank = ({ shortcut, language: of }: CannedReply) =>
    (shortcut.startsWith(word) ? 0 : 2) +
    (of === null || of.toLowerCase().split('-')[0] === spoken ? 0 : 1);
  return replies
    .filter(({ shortcut, text }) => shortcut.startsWith(word) || text.toLowerCase().includes(word))
    .sort((a, b) => rank(a) - rank(b) || a.shortcut.localeCompare(b.shortcut))
    .slice(0, 8);
}
