import { fileURLToPath } from 'node:url';
import { FileStore, type Objects } from './file-store';
import { FolderObjects } from './folder-objects';

const FORMS = 'file:///FOLDER or s3://BUCKET/PREFIX?endpoint=URL&region=NAME';

/**
 * The store that a `STORAGE_URL` names: `file:///folder` on this machine, or `s3://bucket/prefix?endpoint=…&region=…` on an S3 server.
 * Nothing is made or reached until the first file. @throws Error of one line for any other address.
 */
export async function openObjects(storageUrl: string): Promise<Objects> {
  const url = URL.canParse(storageUrl) ? new URL(storageUrl) : null;
  if (url?.protocol === 'file:' && url.host === '' && !url.search) return new FolderObjects(fileURLToPath(url));
  if (url?.protocol !== 's3:' || !isBucketUrl(url)) throw new Error(`STORAGE_URL is not ${FORMS}: ${storageUrl}`);
  // The SDK is large, and most installations keep their files in a folder.
  const { BucketObjects } = await import('./bucket-objects');
  return BucketObjects.open({
    bucket: url.hostname,
    prefix: decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, ''),
    endpoint: url.searchParams.get('endpoint'),
    region: url.searchParams.get('region'),
  });
}

/** Secrets do not belong into the address, and a misspelt parameter must not be passed over. */
function isBucketUrl(url: URL): boolean {
  const endpoint = url.searchParams.get('endpoint');
  return url.hostname !== '' && !url.username && !url.password && [...url.searchParams.keys()].every((name) => name === 'endpoint' || name === 'region')
    && (endpoint === null || (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)));
}

/** The same place as a store of files. */
export const openFileStore = async (storageUrl: string): Promise<FileStore> => new FileStore(await openObjects(storageUrl));
