import type { FoundKnowledge, KnowledgeItem } from '@crmflow/contracts';
import { describe, expect, it } from 'vitest';
import { useInstallation } from '../support/installation.js';
import { until } from '../support/until.js';

/** Where the real weights are, as CRMFLOW_EMBEDDER takes it: no test downloads 91 MB unasked. */
const weights = process.env['CRMFLOW_TEST_EMBEDDER'];

describe.skipIf(weights === undefined)(
  'without a key, with the weights that CRMFLOW_TEST_EMBEDDER names',
  () => {
    const site = useInstallation({ GEMINI_API_KEY: '', CRMFLOW_EMBEDDER: weights ?? 'off' });

    it('finds an English text by a German question, and nobody is asked outside', async () => {
      const add = (name: string, content: string) =>
        site.client.call<KnowledgeItem>('POST', '/api/knowledge/manual', { name, content });
      await add('Returns', 'Goods can be sent back within 30 days of delivery.');
      await add('Opening hours', 'We are open from Monday to Friday, from 9 to 18.');
      await add('Parking', 'There are twelve spaces for cars behind the house.');
      const search = async () => {
        const query = 'Bis wann darf ich etwas zurückschicken?';
        return (await site.client.call<FoundKnowledge>('POST', '/api/knowledge/search', { query }))
          .body;
      };
      const isEmbedded = async () => {
        const { items } = (
          await site.client.call<{ items: KnowledgeItem[] }>('GET', '/api/knowledge')
        ).body;
        return items.every(({ embedded }) => embedded);
      };
      await until('all to be embedded', isEmbedded, { timeoutMs: 110_000 });
      const found = await search();
      expect(found).toMatchObject({ mode: 'hybrid' });
      expect(found.passages[0]).toMatchObject({ name: 'Returns' });
      expect(found.notice).toBeUndefined();
      expect(site.gemini.requests).toEqual([]);
    });
  },
);
