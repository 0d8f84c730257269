import { publicBookFile, publicBooks } from '@domains/ledger';
import { Public } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Controller, Get, Param } from '@nestjs/common';
import { CityCode, type FileAnswer, type Page, page } from '../http';
import { bookAnswer } from './book-answer';

/** Published compilations of a city. */
@Controller(':city/books')
export class BooksPortal {
  constructor(
    private readonly reader: PublicReader,
    private readonly files: FileStore,
  ) {}

  @Public()
  @Get()
  async list(@CityCode() cityId: string): Promise<Page> {
    const books = await publicBooks(this.reader, cityId);
    return page('ledger/public-books', { title: 'book:public.title', books: books.map((book) => ({ ...book, href: `/${cityId}/books/${book.id}` })) });
  }

  @Public()
  @Get(':id')
  async file(@CityCode() cityId: string, @Param('id') id: string): Promise<FileAnswer> {
    return bookAnswer(await publicBookFile(this.reader, cityId, id), this.files);
  }
}
