import { DraftingModule } from '@domains/drafting';
import { PolicyModule } from '@core/policy';
import { Module } from '@nestjs/common';
import { ArgumentsConsole } from './arguments.console';
import { CirculationApi, RepliesApi } from '../circulation/circulation.api';
import { CirculationConsole } from '../circulation/circulation.console';
import { RepliesConsole } from '../circulation/replies.console';
import { CityPlanApi, PublicPlanApi } from './city-plan.api';
import { CityPlanConsole } from './city-plan.console';
import { CityPlanPortal } from './city-plan.portal';
import { CityPlanSteps } from './city-plan-steps';
import { CompareConsole } from './compare.console';
import { CompareFilesConsole } from './compare-files.console';
import { CompareFilesPortal } from './compare-files.portal';
import { ComparePortal } from './compare.portal';
import { DocketsConsole } from './dockets.console';
import { DraftingApi, PlanApi, ProcedureApi } from './drafting.api';
import { EditorConsole } from './editor.console';
import { PlanConsole } from './plan.console';
import { PlanProgressConsole } from './plan-progress.console';
import { PoliciesConsole } from './policies.console';
import { ArgumentsApi, MaterialsApi } from './procedure.api';
import { ProcedureConsole } from './procedure.console';

/** The doors of the drafting room. */
@Module({
  imports: [PolicyModule, DraftingModule],
  providers: [CityPlanSteps],
  controllers: [
    PlanProgressConsole, PlanConsole, CityPlanConsole, CityPlanPortal, PoliciesConsole, EditorConsole, CompareConsole, ComparePortal, CompareFilesConsole, CompareFilesPortal, DocketsConsole, ProcedureConsole, ArgumentsConsole,
    CirculationConsole, RepliesConsole, CirculationApi, RepliesApi, PlanApi, CityPlanApi, PublicPlanApi, DraftingApi, ProcedureApi, MaterialsApi, ArgumentsApi,
  ],
})
export class DraftingWeb {}
