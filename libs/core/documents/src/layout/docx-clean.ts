import JSZip from 'jszip';

/**
 * Takes out of a DOCX what its maker leaves in it beside the text: the time of day at which it was made, the empty part for comments. The
 * same document gives the same bytes.
 *
 * @param date the day of the document, or null
 */
export async function cleanDocx(docx: Buffer, date: string | null): Promise<Buffer> {
  const read = await JSZip.loadAsync(docx);
  const when = new Date(`${date ?? '1980-01-01'}T04:00:00Z`);
  const clean = new JSZip();
  for (const name of Object.keys(read.files).sort()) {
    const part = read.files[name];
    if (!part || part.dir || /comments/i.test(name)) continue;
    clean.file(name, tidy(name, await part.async('string'), when), { date: when, createFolders: false });
  }
  return clean.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', platform: 'DOS' });
}

function tidy(name: string, xml: string, when: Date): string {
  const day = `${when.toISOString().slice(0, 19)}Z`;
  if (name === 'docProps/core.xml') {
    return xml.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${day}`).replace(/<cp:lastModifiedBy>[^<]*<\/cp:lastModifiedBy>/, '').replace(/<cp:revision>[^<]*<\/cp:revision>/, '');
  }
  return /\.rels$|Content_Types/.test(name) ? xml.replace(/<(?:Relationship|Override)\b[^>]*[cC]omments[^>]*\/>/g, '') : xml;
}
