import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The compiled program of a process of its own: tests run sources, Node cannot. */
export const programOf = (name: 'child' | 'prepare') =>
  `${root}activities/dist/embedder/${name}.js`;
