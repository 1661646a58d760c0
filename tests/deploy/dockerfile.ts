/** One instruction of a Dockerfile. */
export type Instruction = { keyword: string; text: string };

/** One stage of a Dockerfile: what it starts from, and its instructions in order. */
export type Stage = { name: string; from: string; instructions: Instruction[] };

/** Reads a Dockerfile; the last stage is the image. */
export function readStages(dockerfile: string): Stage[] {
  const lines = dockerfile.replaceAll(/\\\n/g, ' ').split('\n');
  const stages: Stage[] = [];
  for (const line of lines.map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, keyword = '', text = ''] = /^(\S+)\s+(\S.*)$/.exec(line) ?? [];
    if (keyword === 'FROM') {
      const [, from = '', name = ''] = /^(\S+)(?: AS (\S+))?$/.exec(text) ?? [];
      stages.push({ name, from, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push({ keyword, text });
    }
  }
  return stages;
}

/** What the last instruction of a kind says, in a stage. */
export const last = ({ instructions }: Stage, keyword: string): string | undefined =>
  instructions.findLast((one) => one.keyword === keyword)?.text;

/** The variables that a stage sets. */
export const variablesOf = ({ instructions }: Stage): Record<string, string> =>
  Object.fromEntries(
    instructions
      .filter(({ keyword }) => keyword === 'ENV')
      .flatMap(({ text }) =>
        text.split(/\s+/).map((pair) => pair.split('=', 2) as [string, string]),
      ),
  );

/** What a stage copies: from another stage, or from the build context. */
export const copiesOf = (stage?: Stage): { from?: string; sources: string[] }[] =>
  (stage?.instructions ?? [])
    .filter(({ keyword }) => keyword === 'COPY')
    .map(({ text }) => {
      const words = text.split(/\s+/);
      const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
      const paths = words.filter((word) => !word.startsWith('--'));
      return { ...(from !== undefined && { from }), sources: paths.slice(0, -1) };
    });
