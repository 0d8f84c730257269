import { Public, Sessions } from '@platform/identity';
import { DomainError } from '@platform/kernel';
import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { ThrottlerGuard } from '@nestjs/throttler';
import { IsString, MaxLength } from 'class-validator';
import { SignInDto } from './session.dto';

class RenewDto {
  @ApiProperty() @IsString() @MaxLength(500) refreshToken: string;
}

interface Tokens {
  accessToken: string;
  refreshToken: string | null;
}

@ApiTags('session')
@Controller('api/v1/session')
export class SessionApi {
  constructor(private readonly sessions: Sessions) {}

  @Public()
  @UseGuards(ThrottlerGuard)
  @HttpCode(200)
  @Post()
  async signIn(@Body() dto: SignInDto): Promise<Tokens> {
    const { accessToken, refreshToken } = await this.sessions.signIn(dto.city, dto.login, dto.password);
    return { accessToken, refreshToken };
  }

  @Public()
  @HttpCode(200)
  @Post('renew')
  async renew(@Body() dto: RenewDto): Promise<Tokens> {
    const renewed = await this.sessions.renew(dto.refreshToken);
    if (!renewed) throw new DomainError('unauthenticated', 'common:error.signInFirst');
    return { accessToken: renewed.accessToken, refreshToken: renewed.refreshToken };
  }
}
