import { DraftingModule } from '@domains/drafting';
import { Module } from '@nestjs/common';
import { RegisterApi } from './register.api';
import { RegisterConsole } from './register.console';

@Module({ imports: [DraftingModule], controllers: [RegisterConsole, RegisterApi] })
export class RegisterWeb {}
