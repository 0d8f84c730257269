import { type ReleasedMaterial, releasedMaterials } from '@domains/interpretation';
import { Public } from '@platform/identity';
import { PublicReader } from '@platform/persistence';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CityCode } from '../http';

@ApiTags('interpretation')
@Controller('api/v1/cities/:city/policies/:id/interpretations')
export class InterpretationApi {
  constructor(private readonly reader: PublicReader) {}

  /** The interpretations that went out with a policy; a picture's bytes are at `/{city}/interpretations/{id}/picture`. */
  @Public()
  @Get()
  async list(@CityCode() cityId: string, @Param('id') id: string): Promise<{ items: ReleasedMaterial[] }> {
    return { items: await releasedMaterials(this.reader, cityId, id) };
  }
}
