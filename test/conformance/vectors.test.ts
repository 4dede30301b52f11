import { describe, expect, it } from 'vitest';
import { checker } from '../../drivers/kit/schema.ts';
import { modelId } from '../../drivers/kit/model.ts';
import { deviceModels } from '../../drivers/models.generated.ts';
import { bytesOf, frameFromJson, frameToJson, frameType, modelPairs, vectorFiles, vectorsOf } from '../support/model-pairs.ts';
import { decodeAll } from '../support/walk.ts';

const sourceKinds = ['manual', 'capture', 'public-code', 'derived'];

it('every device model has a simulator', () => {
  expect(modelPairs.map(({ id }) => id)).toEqual(deviceModels.map(({ manifest }) => modelId(manifest)));
});

describe.each(modelPairs)('vectors of $id', ({ id, model, simulator }) => {
  const vectors = vectorsOf(id);
  const named = (direction: 'rx' | 'tx') =>
    vectors.filter((vector) => vector.direction === direction).map((vector) => [vector.name, vector] as const);

  it('exist, both ways, each named once, with bytes and with where they come from', () => {
    const directions = new Set(vectors.map(({ direction }) => direction));
    expect(directions, `write drivers/${id}/vectors/*.json first, both ways: docs/guides/add-a-device.md, section 2`).toEqual(
      new Set(['rx', 'tx']),
    );
    expect(vectors.map(({ name }) => name)).toEqual([...new Set(vectors.map(({ name }) => name))]);
    for (const { file, vectors: ofFile } of vectorFiles(id)) {
      for (const { name, hex, from } of ofFile) {
        expect(hex, `${file}: ${name}`).toMatch(/^([0-9A-F]{2}\s?)+$/);
        expect(sourceKinds, `${file}: ${name}`).toContain(from.kind);
        expect(from.ref.length, `${file}: ${name}`).toBeGreaterThan(5);
      }
    }
  });

  it.each(named('tx'))('sends: %s', (_, vector) => {
    expect(vector.frame, 'a frame to send').not.toBeNull();
    expect(model.codec.encode(frameFromJson(vector.frame))).toEqual(bytesOf(vector));
  });

  it.each(named('tx'))('its simulator understands: %s', (_, vector) => {
    const { pieces, buffered } = decodeAll(simulator.codec, bytesOf(vector), [bytesOf(vector).length]);
    expect(pieces.filter((piece) => piece.kind === 'junk')).toEqual([]);
    expect(buffered).toBe(0);
  });

  it.each(named('rx'))('hears: %s', (_, vector) => {
    const { pieces, buffered } = decodeAll(model.codec, bytesOf(vector), [bytesOf(vector).length]);
    if (vector.junk === undefined) {
      expect(pieces.map((piece) => (piece.kind === 'frame' ? frameToJson(piece.frame) : piece.reason))).toEqual([
        frameToJson(vector.frame),
      ]);
      expect(buffered).toBe(0);
    } else {
      expect(pieces.map((piece) => piece.kind)).not.toContain('frame');
      expect(pieces[0]).toMatchObject({ kind: 'junk', reason: vector.junk });
    }
  });

  it('describe every frame in words', () => {
    for (const { name, frame } of vectors.filter(({ junk }) => junk === undefined)) {
      expect(model.describe(frameFromJson(frame)).length, name).toBeGreaterThan(2);
    }
  });

  it('prove every frame type from outside this project, or the manifest says that they do not', () => {
    const types = new Set(
      vectors.filter(({ junk }) => junk === undefined).map(({ direction, frame }) => `${direction} ${frameType(frame)}`),
    );
    const proven = new Set(
      vectors.filter(({ from }) => from.kind !== 'derived').map(({ direction, frame }) => `${direction} ${frameType(frame)}`),
    );
    const unproven = [...types].filter((type) => !proven.has(type));
    if (unproven.length > 0) expect(model.manifest.evidence, `only derived vectors for ${unproven.join(', ')}`).toBe('unverified');
  });
});

describe.each(modelPairs)('manifest of $id', ({ id, model, simulator }) => {
  const { manifest, family, capabilities, options } = model;

  it('lies in the folder it names, in the family it names', () => {
    expect(`${manifest.family}/${manifest.model}`).toBe(id);
    expect(family.kind).toBe(manifest.family);
    expect(simulator.id).toBe(id);
  });

  it('states what the family asks for', () => {
    expect(checker(family.capabilities).misfits(capabilities)).toEqual([]);
    expect(manifest.transports.length).toBeGreaterThan(0);
    for (const text of [manifest.maker, manifest.name, manifest.protocol, ...manifest.unverified]) expect(text.length).toBeGreaterThan(1);
  });

  it('says in sentences what is not verified', () => {
    if (manifest.evidence === 'unverified') expect(manifest.unverified.length).toBeGreaterThan(0);
    for (const sentence of manifest.unverified) expect(sentence).toMatch(/\s.*\.$/);
  });

  it('can be reached the way its simulator is served', () => {
    const schemes = manifest.transports.map(({ scheme }) => scheme);
    expect(schemes).toContain(simulator.wire === 'http' ? 'http' : 'serial');
  });

  it('needs no option to be set, and refuses unknown ones', () => {
    expect(checker(options).misfits({})).toEqual([]);
    expect(checker(options).misfits({ noSuchOption: 1 })).not.toEqual([]);
  });
});
