import { ATTACHMENT_ENDINGS, ATTACHMENT_LIMITS, ATTACHMENT_WORDS, type OwnFile, type PublicFile, type ScanState, type StaffFile } from '@domains/consultation';

/** `812 B`, `1.2 KB`, `3.4 MB`: of 1024, as file managers count. */
export function fileSize(bytes: number): string {
  const [unit, divisor] = bytes < 1024 ? ['B', 1] : bytes < 1024 * 1024 ? ['KB', 1024] : ['MB', 1024 * 1024];
  return `${divisor === 1 ? bytes : (bytes / divisor).toFixed(1)} ${unit}`;
}

const TONE_OF_SCAN: Readonly<Record<ScanState, string>> = { pending: 'info', clean: 'success', infected: 'danger', not_scanned: 'warning' };

/** What the form says of files before any is chosen; also for the script that counts them. */
export const fileLimits = { endings: ATTACHMENT_ENDINGS, ...ATTACHMENT_LIMITS, ...ATTACHMENT_WORDS };

export const ownFileCard = (file: OwnFile) => ({ ...file, sizeText: fileSize(file.size), tone: TONE_OF_SCAN[file.scan] });

/** `base`: the address of the opinion's page. */
export const staffFileCard = (file: StaffFile, base: string) => {
  const href = `${base}/files/${file.id}`;
  const served = file.scan === 'clean' || file.scan === 'not_scanned';
  return { ...file, sizeText: fileSize(file.size), tone: TONE_OF_SCAN[file.scan], href: served ? href : null, releaseAction: `${href}/release`, mayRelease: served, picture: file.mediaType.startsWith('image/') };
};

/** A line under an opinion that everybody reads. */
export const publicFileLink = (file: PublicFile, base: string) => ({ href: `${base}/files/${file.id}`, label: `${file.name}（${fileSize(file.size)}）` });
