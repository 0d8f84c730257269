import { generateKeyPairSync, hash } from 'node:crypto';
import { asCheckpoint, type Checkpoint, checkpointText, publicKeyPem, rawPublicKey, readCheckpoints, readPublicKeys, readSigningKey, signatureHolds, signCheckpoint, signedNote } from './checkpoint';

const { privateKey } = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519').privateKey;
const claim = { city: '999901', no: 3, size: 12, root: hash('sha256', 'root', 'hex'), at: '2026-03-02T01:00:00.000Z' };
const signed = signCheckpoint(claim, privateKey);

it('signs a text of five lines', () => {
  expect(checkpointText(claim)).toBe(`policyloop/999901\n12\n${Buffer.from(claim.root, 'hex').toString('base64')}\nno 3\nat 2026-03-02T01:00:00.000Z\n`);
  expect(signatureHolds(signed)).toBe(true);
});

it('holds for nothing but what was signed, by the key that is named', () => {
  const changes: Partial<Checkpoint>[] = [
    { city: '999902' }, { no: 4 }, { size: 11 }, { root: hash('sha256', 'x', 'hex') }, { at: '2026-03-02T01:00:00.001Z' }, { keyId: '0'.repeat(16) },
    { publicKey: rawPublicKey(other).toString('base64') }, { signature: signCheckpoint(claim, other).signature }, { signature: '' }, { publicKey: 'x' },
  ];
  expect(changes.map((change) => signatureHolds({ ...signed, ...change }))).toEqual(changes.map(() => false));
});

it('reads one, a list, or a file of several, and nothing that is none', () => {
  for (const value of [signed, [signed], { checkpoints: [signed] }]) expect(readCheckpoints(JSON.stringify(value))).toEqual([signed]);
  expect(readCheckpoints('[]')).toEqual([]);
  const bad = [{ ...signed, size: -1 }, { ...signed, size: 1.5 }, { ...signed, root: 'x' }, { ...signed, format: 'x' }, { ...signed, at: 'now' }, null, 7, 'x', {}];
  for (const one of bad) expect([asCheckpoint(one), readCheckpoints(JSON.stringify([signed, one]))]).toEqual([null, null]);
  expect(readCheckpoints('{')).toBeNull();
});

it('reads keys in every form in which they are given', () => {
  const raw = rawPublicKey(privateKey);
  const [pem, bare] = [publicKeyPem(signed.publicKey), signed.publicKey];
  expect(readPublicKeys(`${pem}\n${rawPublicKey(other).toString('base64')}\n`)).toEqual([raw, rawPublicKey(other)]);
  expect(readPublicKeys(JSON.stringify({ keys: [{ publicKey: bare }] }))).toEqual([raw]);
  expect(readPublicKeys('nothing')).toEqual([]);
  const der = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  for (const text of [der, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()]) expect(rawPublicKey(readSigningKey(text))).toEqual(raw);
  expect(() => readSigningKey('rubbish')).toThrow('LOG_SIGNING_KEY');
  expect(() => readSigningKey(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())).toThrow('Ed25519');
});

it('is a signed note: text, empty line, the name of the log and the signature behind four bytes that name the key', () => {
  const [text, line = ''] = signedNote(signed).split('\n\n');
  expect(`${text}\n`).toBe(checkpointText(claim));
  const [dash, name, value = ''] = line.trim().split(' ');
  const bytes = Buffer.from(value, 'base64');
  expect([dash, name, bytes.length]).toEqual(['\u2014', 'policyloop/999901', 68]);
  expect(bytes.subarray(4).toString('base64')).toBe(signed.signature);
});
