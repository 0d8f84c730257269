import { DraftingModule } from '@domains/drafting';
import { PolicyModule } from '@core/policy';
import { Module } from '@nestjs/common';
import { ArgumentsConsole } from './arguments.console';
import { DocketsConsole } from './dockets.console';
import { DraftingApi, PlanApi, ProcedureApi } from './drafting.api';
import { PlanConsole } from './plan.console';
import { PoliciesConsole } from './policies.console';
import { ArgumentsApi, MaterialsApi } from './procedure.api';
import { ProcedureConsole } from './procedure.console';

/** The doors of the drafting room. */
@Module({
  imports: [PolicyModule, DraftingModule],
  controllers: [PlanConsole, PoliciesConsole, DocketsConsole, ProcedureConsole, ArgumentsConsole, PlanApi, DraftingApi, ProcedureApi, MaterialsApi, ArgumentsApi],
})
export class DraftingWeb {}
