import { Global, Module } from '@nestjs/common';
import { EventProcessor } from './event-processor';
import { HandlerRegistry } from './handler-registry';

@Global()
@Module({ providers: [HandlerRegistry, EventProcessor], exports: [HandlerRegistry, EventProcessor] })
export class MessagingModule {}
