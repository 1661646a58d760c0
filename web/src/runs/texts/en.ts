import { analytics } from './en/analytics.js';
import { list } from './en/list.js';
import { recovery } from './en/recovery.js';
import { related } from './en/related.js';
import { timeline } from './en/timeline.js';
import { versions } from './en/versions.js';

/** The pages about runs, in English. */
export const en = { list, timeline, recovery, related, versions, analytics };
