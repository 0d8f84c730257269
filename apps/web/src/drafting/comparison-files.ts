import { comparisonDocx, comparisonPdf, type ComparisonTable } from '@core/documents';
import { file, type FileAnswer } from '../http';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** A table of changes as a PDF to save, called as its title says. */
export const pdfOf = async (table: ComparisonTable): Promise<FileAnswer> => file(await comparisonPdf(table), { type: 'application/pdf', name: `${table.title}.pdf` });

/** The same as a DOCX, to go on with. */
export const docxOf = async (table: ComparisonTable): Promise<FileAnswer> => file(await comparisonDocx(table), { type: DOCX, name: `${table.title}.docx` });
