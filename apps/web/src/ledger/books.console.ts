import { randomUUID } from 'node:crypto';
import { POLICY_KINDS } from '@core/policy';
import { BOOK_CHAPTERS, BOOK_FORMATS, bookDesk, bookFile, type BookSpec, chosenDocuments, PublishBook, RequestBook } from '@domains/ledger';
import { Can } from '@platform/identity';
import { type Actor, chinaDate, type IsoDate } from '@platform/kernel';
import { PublicReader, type TenantTx, UnitOfWork } from '@platform/persistence';
import { FileStore } from '@platform/storage';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { CurrentActor, type FileAnswer, FormPage, type Page, page, seeOther, type SeeOther } from '../http';
import { bookAnswer } from './book-answer';
import { BookDto, RequestBookDto } from './books.dto';

/** Titles of the choice that are shown before a book is asked for. */
const SHOWN = 50;
const TONES = { waiting: 'info', made: 'success', failed: 'danger' } as const;

/** Compilations 汇编: choose, see what would be in it, ask for it, save it, publish it. */
@Controller('console/books')
export class BooksConsole {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PublicReader,
    private readonly files: FileStore,
    private readonly requestBook: RequestBook,
    private readonly publishBook: PublishBook,
  ) {}

  @Can('ledger.compile_book')
  @Get()
  async list(@CurrentActor() actor: Actor, @Query() dto: BookDto): Promise<Page> {
    const desk = await this.unitOfWork.run(actor, async (tx) => {
      const [city] = await tx.query<{ name: string }>('SELECT name FROM city WHERE id = $1', [tx.cityId]);
      const departments = await tx.query<{ id: string; name: string; own: boolean }>('SELECT id, name, id = $2 AS own FROM department WHERE city_id = $1 ORDER BY name', [tx.cityId, tx.actor.tenantId]);
      return { city: city?.name ?? '', departments, ...(await bookDesk(tx)), today: chinaDate(tx.at) };
    });
    const asked = dto.on !== undefined;
    const spec = specOf(dto, { city: desk.city, department: desk.departments.find(({ own }) => own)?.name ?? '', today: desk.today });
    const chosen = asked ? await chosenDocuments(this.reader, actor.cityId, spec) : [];
    return page('ledger/books', {
      title: 'book:title', spec, topics: spec.topics.join('、'), asked, count: chosen.length, more: Math.max(0, chosen.length - SHOWN),
      chosen: chosen.slice(0, SHOWN).map((item) => ({ ...item, href: `/${actor.cityId}/policies/${item.id}` })), kinds: POLICY_KINDS, chapters: BOOK_CHAPTERS, formats: BOOK_FORMATS,
      departments: desk.departments.map(({ id, name }) => ({ value: id, label: name, checked: spec.departmentIds.includes(id) })), key: randomUUID(),
      books: desk.books.map((book) => ({ ...book, tone: TONES[book.state] })), anyWaits: desk.books.some(({ state }) => state === 'waiting'), mayPublish: desk.mayPublish,
    });
  }

  @Can('ledger.compile_book')
  @FormPage('/console/books')
  @Post()
  async request(@CurrentActor() actor: Actor, @Body() dto: RequestBookDto): Promise<SeeOther> {
    const today = await this.unitOfWork.run(actor, (tx: TenantTx) => Promise.resolve(chinaDate(tx.at)));
    await this.requestBook.run(actor, specOf(dto, { city: '', department: '', today }), dto.format, dto._key);
    return seeOther('/console/books', 'book:flash.requested');
  }

  @Can('ledger.compile_book')
  @Get(':id/file')
  async file(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<FileAnswer> {
    return bookAnswer(await this.unitOfWork.run(actor, (tx) => bookFile(tx, id)), this.files);
  }

  @Can('ledger.publish_book')
  @FormPage('/console/books')
  @Post(':id/publish')
  async publish(@CurrentActor() actor: Actor, @Param('id') id: string): Promise<SeeOther> {
    await this.publishBook.run(actor, id);
    return seeOther('/console/books', 'book:flash.published');
  }
}

/** What is left empty on the form has a sensible value; what is wrong is refused by the use case. */
function specOf(dto: BookDto, usual: { city: string; department: string; today: IsoDate }): BookSpec {
  return {
    title: dto.title ?? `${usual.city}现行有效文件汇编`, issuer: dto.issuer ?? usual.department, on: dto.on || usual.today, departmentIds: dto.departmentIds ?? [], kinds: dto.kinds ?? [],
    topics: (dto.topics ?? '').split(/[、,，;；\s]+/).filter((topic) => topic !== ''), publishedFrom: dto.publishedFrom || null, publishedTo: dto.publishedTo || null,
    words: dto.words ?? '', chapters: dto.chapters ?? 'department',
  };
}
