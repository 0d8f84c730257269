import { listPublicPolicies, type PublicPolicyItem, type PublicPolicyPage, readPublicPolicy } from '@core/policy';
import { Public } from '@platform/identity';
import { chinaDate, type Clock } from '@platform/kernel';
import { CLOCK, PublicReader } from '@platform/persistence';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CityCode } from '../http';
import { PolicyListDto } from './policy.dto';

@ApiTags('policies')
@Controller('api/v1/cities/:city/policies')
export class PolicyApi {
  constructor(
    private readonly reader: PublicReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Published policies, newest first, twenty at a time; `next` goes into `after`. */
  @Public()
  @Get()
  list(@CityCode() cityId: string, @Query() filter: PolicyListDto): Promise<{ items: PublicPolicyItem[]; next: string | null }> {
    return listPublicPolicies(
      this.reader, { cityId, q: filter.q, kind: filter.kind, departmentId: filter.department, after: filter.after }, chinaDate(this.clock.now()));
  }

  /** One policy with its text by provisions and its public record. */
  @Public()
  @Get(':id')
  show(@CityCode() cityId: string, @Param('id') id: string): Promise<PublicPolicyPage> {
    return readPublicPolicy(this.reader, cityId, id, chinaDate(this.clock.now()));
  }
}
