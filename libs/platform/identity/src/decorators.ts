import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const CAN_KEY = 'policyloop:can';
export const PUBLIC_KEY = 'policyloop:public';

/** The route needs a signed-in person one of whose roles may do this action. */
export const Can = (action: string): CustomDecorator => SetMetadata(CAN_KEY, action);

/** The route is for everybody; who is signed in is known to it all the same. A route with neither decorator answers 403. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC_KEY, true);
