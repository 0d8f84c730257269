import { DraftingModule } from '@domains/drafting';
import { PolicyModule } from '@core/policy';
import { Module } from '@nestjs/common';
import { ArgumentsConsole } from './arguments.console';
import { CirculationApi, RepliesApi } from '../circulation/circulation.api';
import { CirculationConsole } from '../circulation/circulation.console';
import { RepliesConsole } from '../circulation/replies.console';
import { CompareConsole } from './compare.console';
import { CompareFilesConsole } from './compare-files.console';
import { CompareFilesPortal } from './compare-files.portal';
import { ComparePortal } from './compare.portal';
import { DocketsConsole } from './dockets.console';
import { DraftingApi, PlanApi, ProcedureApi } from './drafting.api';
import { EditorConsole } from './editor.console';
import { PlanConsole } from './plan.console';
import { PoliciesConsole } from './policies.console';
import { ArgumentsApi, MaterialsApi } from './procedure.api';
import { ProcedureConsole } from './procedure.console';

/** The doors of the drafting room. */
@Module({
  imports: [PolicyModule, DraftingModule],
  controllers: [
    PlanConsole, PoliciesConsole, EditorConsole, CompareConsole, ComparePortal, CompareFilesConsole, CompareFilesPortal, DocketsConsole, ProcedureConsole, ArgumentsConsole,
    CirculationConsole, RepliesConsole, CirculationApi, RepliesApi, PlanApi, DraftingApi, ProcedureApi, MaterialsApi, ArgumentsApi,
  ],
})
export class DraftingWeb {}
