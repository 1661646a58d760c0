import { readdirSync, readFileSync } from 'node:fs';
import type { Block } from '@crmflow/db/passages';
import type { Pool } from 'pg';
import { storeDocument } from './store-document.js';

const documents = new URL('../../knowledge/documents/', import.meta.url);
const perItem = 500;
/** A passage is full with that many characters. */
const length = 900;

/** The same numbers on each run. */
function createChance(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/**
 * Gives an account so many passages, each of sentences of the evaluation's documents in any order.
 * @param count a multiple of 500
 */
export async function fillPassages(pool: Pool, workspaceId: string, count: number): Promise<void> {
  const text = readdirSync(documents)
    .map((file) => readFileSync(new URL(file, documents), 'utf8'))
    .join(' ');
  const sentences = text
    .replace(/^#.*$/gm, '')
    .split(/(?<=[.!?])\s+/)
    .filter((one) => one.length > 20);
  const below = createChance(7);
  const passage = (): Block => {
    let words = '';
    while (words.length < length) words += `${sentences[below(sentences.length)]} `;
    return { kind: 'text', text: words };
  };
  for (let item = 0; item < count / perItem; item += 1) {
    const blocks = Array.from({ length: perItem }, passage);
    await storeDocument(pool, workspaceId, `Document ${item}`, blocks);
  }
}
