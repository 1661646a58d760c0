import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type Instruction, readStages, variablesOf } from './dockerfile.js';

/** Folders that stand for the working folder /app of each stage, by the stage's name. */
export type Layers = Record<string, string>;

/** Where the instructions of a stage are carried out. */
type Place = { context: string; layers: Layers; app: string; env: Record<string, string> };

const copyTree = (from: string, to: string) =>
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });

function copy(text: string, { context, layers, app }: Place): void {
  const [, stage, paths = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(text) ?? [];
  const sources = paths.split(/\s+/);
  const to = sources.pop() ?? '';
  for (const path of sources) {
    const from = stage ? join(layers[stage] ?? '', relative('/app', path)) : join(context, path);
    if (!existsSync(from)) throw new Error(`COPY ${text}: there is no ${path}`);
    if (statSync(from).isDirectory()) {
      copyTree(from, join(app, to));
      continue;
    }
    const file = join(app, to.endsWith('/') ? join(to, basename(path)) : to);
    mkdirSync(dirname(file), { recursive: true });
    cpSync(from, file);
  }
}

function carryOut({ keyword, text }: Instruction, place: Place): void {
  if (keyword === 'COPY') copy(text, place);
  if (keyword !== 'RUN') return;
  execFileSync('sh', ['-c', text], {
    cwd: place.app,
    env: { ...process.env, ...place.env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/**
 * Carries out a Dockerfile by hand, in plain folders, where no container engine is to be had:
 * FROM, COPY, RUN and ENV, with this machine in place of the base image.
 * @param context what the image is made from, without what .dockerignore leaves out
 * @param into an empty folder; each stage gets one in it
 * @param done stages that are made already
 * @returns the image's /app
 */
export function makeImage(
  dockerfile: string,
  { context, into, done = {} }: { context: string; into: string; done?: Layers },
): string {
  const layers: Layers = { ...done };
  let app = '';
  for (const stage of readStages(dockerfile)) {
    if (stage.name in done) continue;
    app = join(into, stage.name || 'image');
    const base = layers[stage.from];
    if (base === undefined) mkdirSync(app, { recursive: true });
    else copyTree(base, app);
    const place = { context, layers, app, env: variablesOf(stage) };
    for (const instruction of stage.instructions) carryOut(instruction, place);
    layers[stage.name] = app;
  }
  return app;
}
