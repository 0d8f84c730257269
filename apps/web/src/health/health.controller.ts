import { Public } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';

/** For whoever watches the process: alive, and ready to serve. */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly reader: PublicReader) {}

  @Public()
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while the database does not answer or has no schema. */
  @Public()
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.reader.query('SELECT 1 FROM city LIMIT 1');
    } catch {
      throw new ServiceUnavailableException({ status: 'unavailable' });
    }
    return { status: 'ok' };
  }
}
