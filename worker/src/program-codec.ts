import { readProgram } from '@crmflow/db';
import type { ProgramRef } from '@crmflow/workflows';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';

const cachedBytes = 64_000_000;
/** A flow that was deleted leaves memory after this long. */
const keptMs = 600_000;
/** Ends before the workflow task does: a task that fails is tried again later and later. */
const patienceMs = 3_500;
const pauseMs = 100;

const prefix = new TextEncoder().encode('{"programOf":"');
const longestRef = 200;

/** The version that a payload refers to, if all that it says is which program belongs there. */
function versionOf({ data }: Payload): string | null {
  if (!data || data.length > longestRef) return null;
  if (!prefix.every((byte, index) => data[index] === byte)) return null;
  return (JSON.parse(new TextDecoder().decode(data)) as ProgramRef).programOf;
}

/**
 * Puts the programs of versions into the payloads that refer to them (`ProgramRef`), on their way
 * into a workflow. Nothing is changed on the way out: histories have the references only.
 */
export function createProgramCodec(pool: Pool, now: () => number = Date.now): PayloadCodec {
  const read = async (versionId: string): Promise<Uint8Array> => {
    for (const deadline = now() + patienceMs; ;) {
      try {
        const program = await readProgram(pool, versionId);
        if (program !== null) return new TextEncoder().encode(program);
      } catch (error) {
        if (now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        continue;
      }
      throw new Error(`The version ${versionId} has no program: its flow was deleted.`);
    }
  };
  const programs = new LRUCache<string, Uint8Array>({
    maxSize: cachedBytes,
    sizeCalculation: ({ length }) => length,
    ttl: keptMs,
    fetchMethod: read,
  });

  const decode = async (payload: Payload): Promise<Payload> => {
    const versionId = versionOf(payload);
    if (versionId === null) return payload;
    return { ...payload, data: await programs.forceFetch(versionId) };
  };

  return {
    encode: (payloads) => Promise.resolve(payloads),
    decode: (payloads) => Promise.all(payloads.map(decode)),
  };
}
