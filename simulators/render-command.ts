import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CounterdError } from '../drivers/kit/errors.ts';
import { render, type RenderOptions } from './render.ts';

export interface RenderArguments {
  readonly language: string;
  readonly file: string;
  readonly out: string;
  /** `180`, or `240x216` for one pixel a dot. */
  readonly dpi?: string;
  readonly paper?: string;
}

export interface RenderReport {
  readonly language: string;
  /** File names inside `out`; the JSON file holds every glyph of its page. */
  readonly pages: readonly {
    readonly png: string;
    readonly json: string;
    readonly widthMm: number;
    readonly heightMm: number;
    readonly glyphCount: number;
  }[];
}

/** `counterd render <language> FILE --out DIR [--dpi N] [--paper NAME]`: writes page-1.png, page-1.json, … and says so. */
export async function renderCommand(args: RenderArguments): Promise<RenderReport> {
  const bytes = await readStream(args.file);
  const options: RenderOptions = {
    ...(args.dpi === undefined ? {} : { dpi: readDpi(args.dpi) }),
    ...(args.paper === undefined ? {} : { paper: args.paper }),
  };
  const rendered = await render(args.language, bytes, options);
  await mkdir(args.out, { recursive: true });
  const pages: RenderReport['pages'][number][] = [];
  for (const [i, page] of rendered.entries()) {
    const names = { png: `page-${i + 1}.png`, json: `page-${i + 1}.json` };
    const { png, glyphs, widthMm, heightMm } = page;
    await writeFile(join(args.out, names.png), png);
    await writeFile(join(args.out, names.json), `${JSON.stringify({ page: i + 1, widthMm, heightMm, glyphs }, undefined, 1)}\n`);
    pages.push({ ...names, widthMm, heightMm, glyphCount: glyphs.length });
  }
  return { language: args.language, pages };
}

async function readStream(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new CounterdError('CD_USE_ARGUMENTS', `cannot read ${file}`, { cause });
  }
}

function readDpi(text: string): NonNullable<RenderOptions['dpi']> {
  const parts = /^(\d+)(?:x(\d+))?$/.exec(text);
  if (parts === null) throw new CounterdError('CD_USE_ARGUMENTS', 'dpi must be a number or two as in 240x216');
  return parts[2] === undefined ? Number(parts[1]) : { x: Number(parts[1]), y: Number(parts[2]) };
}
