import type { RunsTexts } from '../runs-texts.js';
import { analytics } from './de/analytics.js';
import { list } from './de/list.js';
import { recovery } from './de/recovery.js';
import { related } from './de/related.js';
import { timeline } from './de/timeline.js';
import { versions } from './de/versions.js';

/** The pages about runs, in German. */
export const de: RunsTexts = { list, timeline, recovery, related, versions, analytics };
